"""The store: each picture, clip and file of captions under the sha256 of its bytes, in var/media/blobs.

A name is made from the digest alone, so nothing a person typed ever becomes a path, and a picture can
neither be overwritten by another nor be swapped unnoticed.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from bfbot.config import config
from bfbot.domain.proof import MIDDLE, MediaProof
from bfbot.errors import ContentRefused
from bfbot.media.encoding import reencode
from bfbot.media.files import move_whole, read_plain, write_whole

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MIMES = {"PNG": "image/png", "JPEG": "image/jpeg"}


@dataclass(frozen=True)
class Stored:
    """A picture in the store: sha256 (hex) of its bytes, media type, pixels, bytes."""

    digest: str
    mime: str
    width: int
    height: int
    size: int

    def proof(self, alt: str, focal: tuple[float, float] = MIDDLE) -> MediaProof:
        """This picture as a part of a Proof."""
        return MediaProof(self.digest, self.mime, alt, self.width, self.height, self.size, focal)


_seen: dict[str, Stored] = {}  # by the sha256 of what came in: a preview asks for the same picture at every key
_REMEMBERED = 500


def store(data: bytes, *, root: Path | None = None) -> Stored:
    """Take in a picture (any size up to the caps, PNG, JPEG, WebP or GIF); the same picture twice is one blob.

    Raises ContentRefused for what is no still picture, ConfigurationError when it cannot be written.
    """
    given = hashlib.sha256(data).hexdigest()
    known = _seen.get(given)
    if known and _holds(_path(known.digest, root), known.digest):
        return known
    clean = reencode(data)
    digest = keep(clean, root=root)
    if len(_seen) >= _REMEMBERED:
        _seen.clear()
    stored = _seen[given] = _describe(digest, clean)
    return stored


def keep(data: bytes, *, root: Path | None = None) -> str:
    """Store bytes of our own making (captions, a picture encoded afresh) as they are; their digest."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest, root)
    if not _holds(path, digest):
        write_whole(path, data)
    return digest


def keep_file(made: Path, *, root: Path | None = None) -> str:
    """As `keep` for a file on the same disk, which is moved into the store and never read into memory."""
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    path = _path(digest, root)
    if not is_whole(digest, root=root):
        move_whole(made, path)
    return digest


def is_whole(digest: str, *, root: Path | None = None) -> bool:
    """Whether the blob is there and is what it was. Looks into it again only when the file was touched."""
    path = _path(digest, root)
    try:
        found = path.lstat()
    except OSError:
        return False
    return _digest_of(path, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino) == digest


def piece(digest: str, start: int, length: int, *, root: Path | None = None) -> tuple[bytes, int]:
    """At most `length` bytes of a blob from `start` on, and its whole size. Raises as `read` does."""
    path = _path(digest, root)
    if not is_whole(digest, root=root):
        raise _gone()
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            file.seek(start)
            return file.read(length), os.fstat(descriptor).st_size
    except OSError as error:
        raise _gone() from error


def read(digest: str, *, root: Path | None = None) -> bytes:
    """The bytes of a blob. Raises ContentRefused when it is missing or is not what it was."""
    path = _path(digest, root)
    try:
        data = read_plain(path)
    except OSError as error:
        raise _gone() from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise ContentRefused(
            "A picture of this post was changed on disk after it was approved.",
            mend="Upload it again and have the post approved again.",
        )
    return data


def describe(digest: str, *, root: Path | None = None) -> Stored:
    """What the blob's own header says. Raises ContentRefused as `read` does."""
    return _describe(digest, read(digest, root=root))


def _gone() -> ContentRefused:
    return ContentRefused(
        "A picture of this post is no longer in the store.", mend="Upload it again, or restore a backup."
    )


@lru_cache(maxsize=2000)
def _digest_of(path: Path, *_seen: int) -> str:
    """sha256 (hex) of a blob's file, "" for none; read again when its times, size or place are others."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _path(digest: str, root: Path | None) -> Path:
    if not _DIGEST.fullmatch(digest):
        raise ContentRefused("This is not the name of a stored picture.", mend="Upload the picture again.")
    base = (root or config().var / "media") / "blobs"
    path = base / digest[:2] / digest
    if path.parent.resolve() != base.resolve() / digest[:2]:  # a link put in place of a folder
        raise ContentRefused(
            "The picture store leads out of its folder.",
            mend=f"Remove the link {path.parent} and restore the folder from a backup.",
        )
    return path


def _holds(path: Path, digest: str) -> bool:
    """Whether the right bytes lie there already; a damaged blob is written anew."""
    try:
        return hashlib.sha256(read_plain(path)).hexdigest() == digest
    except OSError:
        return False


def _describe(digest: str, data: bytes) -> Stored:
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_MIMES)) as image:
            return Stored(digest, _MIMES[str(image.format)], image.width, image.height, len(data))
    except UnidentifiedImageError as error:
        raise ContentRefused("What is stored under this name is no picture.", mend="Upload one.") from error
