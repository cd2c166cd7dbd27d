"""Whether a picture can be read to its end: its first bytes and its name promise that and no more."""

from io import BytesIO

from PIL import Image, ImageFile

MOST_POINTS = 50_000_000  # of a picture that is taken in; 150 MB when it is shown


def is_whole_picture(picture: bytes, *, most_points: int | None = None) -> bool:
    """False as well for one of more points than `most_points`, which is not unpacked. A program that shows half a
    picture would write half of one into a document."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(picture)) as opened:
            if most_points is not None and opened.width * opened.height > most_points:
                return False
            opened.load()
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return False
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return True
