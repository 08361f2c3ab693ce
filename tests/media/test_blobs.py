"""The picture store: what goes in, what comes out, and what is never let in or out."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bfbot.errors import ConfigurationError, ContentRefused
from bfbot.media import blobs, encoding


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **save: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120 if mode == "L" else (10, 90, 200, 128)[: len(mode)]).save(out, kind, **save)
    return out.getvalue()


def blob_path(root: Path, digest: str) -> Path:
    return root / "blobs" / digest[:2] / digest


def test_a_picture_comes_back_byte_for_byte(tmp_path: Path) -> None:
    stored = blobs.store(picture(), root=tmp_path)
    data = blobs.read(stored.digest, root=tmp_path)
    assert hashlib.sha256(data).hexdigest() == stored.digest
    assert blobs.describe(stored.digest, root=tmp_path) == stored
    assert (stored.mime, stored.width, stored.height, stored.size) == ("image/png", 40, 20, len(data))
    assert stored.proof("A blue field.").alt == "A blue field."


def test_the_same_picture_twice_is_one_blob(tmp_path: Path) -> None:
    assert blobs.store(picture(), root=tmp_path) == blobs.store(picture(), root=tmp_path)
    assert len([one for one in (tmp_path / "blobs").rglob("*") if one.is_file()]) == 1


@pytest.mark.parametrize(
    ("kind", "mode", "mime"),
    [
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
        ("WEBP", "RGB", "image/png"),
        ("GIF", "L", "image/png"),
        ("PNG", "RGBA", "image/png"),
    ],
)
def test_all_common_kinds_are_taken(tmp_path: Path, kind: str, mode: str, mime: str) -> None:
    assert blobs.store(picture(kind, mode=mode), root=tmp_path).mime == mime


def test_metadata_is_gone_and_the_picture_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "Camera of somebody"
    stored = blobs.store(picture("JPEG", exif=exif, comment=b"at home, 51.5 N"), root=tmp_path)
    data = blobs.read(stored.digest, root=tmp_path)
    assert (stored.width, stored.height) == (20, 40)
    assert b"somebody" not in data
    assert b"at home" not in data
    assert not Image.open(io.BytesIO(data)).getexif()
    words = PngInfo()
    words.add_text("Author", "a person")
    png = blobs.read(blobs.store(picture(pnginfo=words), root=tmp_path).digest, root=tmp_path)
    assert b"a person" not in png


def test_large_pictures_are_made_smaller_and_huge_ones_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert blobs.store(picture(size=(5000, 10)), root=tmp_path).width == encoding.LONGEST_EDGE
    monkeypatch.setattr(encoding, "MAX_PIXELS", 700)
    with pytest.raises(ContentRefused, match="40 by 20"):
        blobs.store(picture(), root=tmp_path)
    monkeypatch.setattr(encoding, "MAX_BYTES", 10)
    with pytest.raises(ContentRefused, match="MB"):
        blobs.store(picture(), root=tmp_path)


def test_a_moving_picture_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(ContentRefused, match="moves"):
        blobs.store(out.getvalue(), root=tmp_path)


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", b"%PDF-1.7", b"hello" * 99, picture()[:60], picture("JPEG")[:200]]
)
def test_what_is_no_picture_is_refused_with_the_mend(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ContentRefused) as refused:
        blobs.store(data, root=tmp_path)
    assert refused.value.mend
    assert not list(tmp_path.rglob("*"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 60))
def test_damaged_bytes_never_break_anything(noise: bytes, at: int) -> None:
    whole = picture()
    with contextlib.suppress(ContentRefused):
        encoding.reencode(whole[:at] + noise + whole[at + len(noise) :])


def test_swapped_and_missing_bytes_are_noticed(tmp_path: Path) -> None:
    digest = blobs.store(picture(), root=tmp_path).digest
    path = blob_path(tmp_path, digest)
    path.write_bytes(picture(size=(1, 1)))
    with pytest.raises(ContentRefused, match="changed on disk"):
        blobs.read(digest, root=tmp_path)
    blobs.store(picture(), root=tmp_path)  # taking it in again heals it
    assert blobs.read(digest, root=tmp_path)
    path.unlink()
    with pytest.raises(ContentRefused, match="no longer"):
        blobs.describe(digest, root=tmp_path)


@pytest.mark.parametrize("digest", ["", "..", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "٣" * 64])
def test_only_digests_are_names(tmp_path: Path, digest: str) -> None:
    with pytest.raises(ContentRefused):
        blobs.read(digest, root=tmp_path)


def test_no_link_is_followed(tmp_path: Path) -> None:
    digest = blobs.store(picture(), root=tmp_path / "a").digest
    real = blob_path(tmp_path / "a", digest)
    link = blob_path(tmp_path / "b", digest)
    link.parent.mkdir(parents=True)
    link.symlink_to(real)
    with pytest.raises(ContentRefused):
        blobs.read(digest, root=tmp_path / "b")
    folder = tmp_path / "c" / "blobs"
    folder.mkdir(parents=True)
    (folder / digest[:2]).symlink_to(real.parent)
    with pytest.raises(ContentRefused, match="out of its folder"):
        blobs.read(digest, root=tmp_path / "c")


def test_a_full_disk_is_one_clear_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigurationError, match="No space left") as error:
        blobs.store(picture(), root=tmp_path)
    assert error.value.mend
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]
