"""Whatever a camera or a program wrote into a picture stays outside: place, camera, author, words, profile."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from bfbot.media import blobs

CANARY = b"Zenobia Quillfeather"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = CANARY.decode()
    exif[ExifTags.Base.XPComment] = CANARY
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (51.0, 30.0, 12.5)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", (0.0, 7.0, 39.0)
    return exif


def _photo(kind: str) -> bytes:
    more: dict[str, object] = {
        "exif": _exif(),
        "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    }
    if kind == "PNG":
        words = PngInfo()
        words.add_text("Author", CANARY.decode())
        words.add_itxt("XML:com.adobe.xmp", XMP.decode())
        more["pnginfo"] = words
    else:
        more["xmp"] = XMP
    if kind == "JPEG":
        more["comment"] = CANARY
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "seagreen").save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_author_and_words_are_gone(tmp_path: Path, kind: str) -> None:
    given = _photo(kind)
    before = Image.open(io.BytesIO(given))
    assert CANARY in given
    assert before.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    stored = blobs.store(given, root=tmp_path)
    kept = blobs.read(stored.digest, root=tmp_path)
    after = Image.open(io.BytesIO(kept))
    assert after.size == before.size
    assert not after.getexif()
    assert not after.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert not {"exif", "icc_profile", "comment", "xmp", "XML:com.adobe.xmp", "Author"} & set(after.info)
    for trace in (CANARY, b"Zenobia", b"GPS", b"xmpmeta", b"Exif", b"ICC"):
        assert trace not in kept


def test_the_same_picture_with_other_metadata_is_one_file(tmp_path: Path) -> None:
    """Its name comes from what is seen, not from what was written into it."""
    plain = io.BytesIO()
    Image.open(io.BytesIO(_photo("PNG"))).convert("RGB").save(plain, "PNG", pnginfo=PngInfo())
    one, other = blobs.store(_photo("PNG"), root=tmp_path), blobs.store(plain.getvalue(), root=tmp_path)
    assert one.digest == other.digest
