"""A picture as somebody would upload it."""

import io

from PIL import Image


def png(size: tuple[int, int] = (40, 30), colour: str = "teal") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "PNG")
    return kept.getvalue()
