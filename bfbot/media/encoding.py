"""A picture from outside made safe: decoded by Pillow and encoded afresh, nothing of its metadata kept."""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from bfbot.errors import ContentRefused

MAX_BYTES = 25_000_000
MAX_PIXELS = 40_000_000
LONGEST_EDGE = 4096  # pixels; larger pictures are made smaller, no network shows more

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")  # no other decoder is ever started
_MEND = "Use a PNG or JPEG picture."


def reencode(data: bytes) -> bytes:
    """PNG or JPEG bytes of the same picture, turned upright, without metadata, at most LONGEST_EDGE on a side.

    JPEG stays JPEG, all else becomes PNG. Raises ContentRefused for what is no picture, moves, or is too large.
    """
    if len(data) > MAX_BYTES:
        raise ContentRefused(
            f"The picture has {len(data) / 1_000_000:.0f} MB.",
            mend=f"Give one of at most {MAX_BYTES // 1_000_000} MB.",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                _check_shape(opened)
                jpeg = opened.format == "JPEG"
                upright = ImageOps.exif_transpose(opened)
                return _encode(upright, jpeg=jpeg)
    except UnidentifiedImageError as error:
        raise ContentRefused("This file is not a picture that bfbot can read.", mend=_MEND) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ContentRefused("The picture has too many pixels.", mend=_too_many()) from error
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise ContentRefused("The picture is damaged or cut short.", mend="Save it again and retry.") from error


def _check_shape(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise ContentRefused(f"The picture is {image.width} by {image.height} pixels.", mend=_too_many())
    if getattr(image, "n_frames", 1) > 1:
        raise ContentRefused("The picture moves, and only still pictures are posted.", mend=_MEND)


def _too_many() -> str:
    return f"Give one of at most {MAX_PIXELS // 1_000_000} million pixels."


def _encode(image: Image.Image, *, jpeg: bool) -> bytes:
    see_through = "transparency" in image.info or image.mode in {"RGBA", "LA", "PA"}
    plain = image.convert("RGBA" if see_through and not jpeg else "RGB")
    plain.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    plain.info = {}  # Pillow would write colour profiles and comments again from here
    out = io.BytesIO()
    if jpeg:
        plain.save(out, "JPEG", quality=88, optimize=True)
    else:
        plain.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()
