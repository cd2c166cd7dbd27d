"""Reading ZIP files from outside, spreadsheets and Word files among them."""

import struct
import zipfile
import zlib

# All that zipfile raises for damaged or hostile archives (what it cannot unpack is a RuntimeError too)
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
)
