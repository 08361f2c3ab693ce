"""The picture store: each picture under the sha256 of its bytes, in var/media/blobs of the workspace.

A name is made from the digest alone, so nothing a person typed ever becomes a path, and a picture can
neither be overwritten by another nor be swapped unnoticed.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bfbot.config import config
from bfbot.domain.proof import MediaProof
from bfbot.errors import ContentRefused
from bfbot.media.encoding import reencode
from bfbot.media.files import read_plain, write_whole

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

    def proof(self, alt: str) -> MediaProof:
        """This picture as a part of a Proof."""
        return MediaProof(self.digest, self.mime, alt, self.width, self.height, self.size)


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
    digest = hashlib.sha256(clean).hexdigest()
    path = _path(digest, root)
    if not _holds(path, digest):
        write_whole(path, clean)
    if len(_seen) >= _REMEMBERED:
        _seen.clear()
    stored = _seen[given] = _describe(digest, clean)
    return stored


def read(digest: str, *, root: Path | None = None) -> bytes:
    """The bytes of a blob. Raises ContentRefused when it is missing or is not what it was."""
    path = _path(digest, root)
    try:
        data = read_plain(path)
    except OSError as error:
        raise ContentRefused(
            "A picture of this post is no longer in the store.", mend="Upload it again, or restore a backup."
        ) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise ContentRefused(
            "A picture of this post was changed on disk after it was approved.",
            mend="Upload it again and have the post approved again.",
        )
    return data


def describe(digest: str, *, root: Path | None = None) -> Stored:
    """What the blob's own header says. Raises ContentRefused as `read` does."""
    return _describe(digest, read(digest, root=root))


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
    with Image.open(io.BytesIO(data), formats=tuple(_MIMES)) as image:
        return Stored(digest, _MIMES[str(image.format)], image.width, image.height, len(data))
