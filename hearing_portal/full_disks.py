"""Whether a fault says that a disk, or somebody's share of it, is full."""

import errno

from hearing_portal.postgres.faults import is_of_full_database_disk

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


def is_of_full_disk(fault: BaseException) -> bool:
    """That of the files, or that of the database."""
    is_of_files = isinstance(fault, OSError) and fault.errno in _FULL
    return is_of_files or is_of_full_database_disk(fault)
