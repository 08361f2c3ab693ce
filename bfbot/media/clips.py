"""Clips: told by their content, encoded anew in a child that ends, kept by the digest of their bytes.

What a clip came to is kept under the sha256 of the file it came from in var/media/clips, so the child runs once.
It may run for minutes: where somebody waits, `clip_preparing` is asked instead of `store`.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import math
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from bfbot.config import config
from bfbot.domain.captions import Cue, as_webvtt, in_time, spoken
from bfbot.domain.proof import MIDDLE, MediaProof
from bfbot.errors import BfbotError, ConfigurationError, ContentRefused
from bfbot.media import blobs, clip_work
from bfbot.media.clip_child.bounds import widest
from bfbot.media.files import read_plain, write_whole

MAX_BYTES = 40 * 1024 * 1024
MAX_SECONDS = 600
MAX_PIXELS = 1920 * 1200
MIME = "video/mp4"
"""Of every clip in the store, whatever it came as."""
SAVE_AS = "Save it as MP4 with H.264 pictures and AAC sound."

MIMES = {"mp4": "video/mp4", "webm": "video/webm"}
"""Of what is read, by its kind; WebM stays in the store from before, where somebody approved it."""
_FORM = "bfbot clip 2"  # counts up when the same file comes to be written otherwise
_AGAIN = 600.0  # seconds until what failed for another reason than the clip itself is tried again unasked
_REMEMBERED = 200
_refused: dict[tuple[Path, str], tuple[float, BfbotError]] = {}
"""Until when (monotonic) it is not tried again, and why; by store and source. What is broken is worked on once."""


class _Changed(ContentRefused):
    """It was still being copied there: it is looked at again as soon as somebody asks."""


@dataclass(frozen=True)
class Clip:
    """A clip in the store: sha256 (hex) of its bytes, pixels as it is shown, bytes, length, a still of it."""

    digest: str
    mime: str
    width: int
    height: int
    size: int
    milliseconds: int
    still: str

    def proof(self, alt: str, cues: tuple[Cue, ...], focal: tuple[float, float] = MIDDLE) -> MediaProof:
        """This clip as a part of a Proof; `captions` is the digest of what `keep_captions` stores of them."""
        words = as_webvtt(cues).encode() if cues else b""
        return MediaProof(
            self.digest,
            self.mime,
            alt,
            self.width,
            self.height,
            self.size,
            focal,
            self.milliseconds,
            self.still,
            hashlib.sha256(words).hexdigest() if words else "",
            spoken(cues),
        )


def kind_of(head: bytes) -> str:
    """`mp4` (QuickTime too) or `webm` by a file's first bytes, "" for everything else."""
    if head[:4] == b"\x1aE\xdf\xa3":
        return "webm" if b"webm" in head[:64] else ""
    if head[4:8] != b"ftyp":
        return "mp4" if head[4:8] in {b"moov", b"wide", b"mdat"} else ""  # QuickTime of old has no ftyp
    return "" if head[8:12] in _STILLS else "mp4"


_STILLS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})


def mime_of(path: Path) -> str:
    """The media type of a film, by what stands in the file; "" for anything else and for what cannot be read."""
    try:
        with _opened(path) as file:
            return MIMES.get(kind_of(file.read(64)), "")
    except (OSError, ContentRefused):  # a folder, or nothing that can be read
        return ""


def store(path: Path, *, root: Path | None = None, told: clip_work.Told = lambda _: None) -> Clip:
    """Take in the clip of this file, which may take minutes; the same clip twice is one blob.

    `told` hears how much is done, in per cent. Raises ContentRefused for what is no clip, too large or damaged,
    and where the package for clips is missing; ConfigurationError where it cannot be written.
    """
    base = root or config().var / "media"
    with _opened(path) as file:
        kind, source = _looked_at(file), _source(path, *_seen(file))
        known = _known(base, source)
        if known is not None:
            return known
        try:
            clip = _in_turn(file, kind, source, base, told)
        except _Changed:
            raise
        except BfbotError as refusal:
            _remember(base, source, refusal)
            raise
        _refused.pop((base, source), None)
        return clip


def remembered(path: Path, *, root: Path | None = None) -> Clip | None:
    """What the clip of this file came to, where it has been taken in already. Starts nothing, writes nothing."""
    try:
        return found(path, root=root)
    except BfbotError:
        return None


def found(path: Path, *, root: Path | None = None) -> Clip | None:
    """As `remembered`, but raises as `store` does what can be told at once, or was found out not long ago."""
    base = root or config().var / "media"
    with _opened(path) as file:
        _looked_at(file)  # before the whole of it is read: it may be endless
        source = _source(path, *_seen(file))
        clip = _known(base, source)
    until, why = _refused.get((base, source), (0.0, None))
    if clip is None and why is not None and time.monotonic() < until:
        raise _same(why)
    return clip


def keep_captions(cues: tuple[Cue, ...], clip: Clip, *, root: Path | None = None) -> str:
    """Check them against the clip's length and store them as WebVTT; their digest. Raises ContentRefused."""
    in_time(cues, clip.milliseconds)
    return blobs.keep(as_webvtt(cues).encode(), root=root)


def _looked_at(file: BinaryIO) -> str:
    """Its kind. Raises ContentRefused for what needs no child to be refused."""
    file.seek(0)
    kind, size = kind_of(file.read(64)), os.fstat(file.fileno()).st_size
    if not kind:
        raise ContentRefused("This file is not a clip that bfbot can read.", mend=SAVE_AS)
    if size > MAX_BYTES:
        raise ContentRefused(
            f"The clip has {size / 1_000_000:.0f} MB.",
            mend=f"Save it smaller: at most {MAX_BYTES // 1_000_000} MB.",
        )
    return kind


def _in_turn(file: BinaryIO, kind: str, source: str, base: Path, told: clip_work.Told) -> Clip:
    """Wait until no other is worked on, and look again: that other may have been this one."""
    with _in_words(base), clip_work.at_work(base / "clips", told) as folder:
        known = _known(base, source)
        if known is not None:
            return known
        _, before = _refused.get((base, source), (0.0, None))
        if isinstance(before, clip_work.Found):
            raise _same(before)
        return _take_in(file, kind, source, base, folder, told)


def _take_in(file: BinaryIO, kind: str, source: str, base: Path, folder: Path, told: clip_work.Told) -> Clip:
    """Have it encoded anew and keep that. The file must be the same one afterwards as before."""
    seen = _seen(file)
    most = (MAX_PIXELS, MAX_SECONDS, MAX_BYTES)
    found = clip_work.in_child(file, kind, folder, widest(MAX_SECONDS, MAX_PIXELS), most, told)
    if _seen(file) != seen:
        raise _Changed("The clip was changed while it was read.", mend="Try again when it is whole.")
    made = folder / "clip"
    size = made.stat().st_size
    if size > MAX_BYTES:
        raise clip_work.Found("The clip would be too large to go out.", mend="Cut it, or save it smaller.")
    still = blobs.store((folder / "still").read_bytes(), root=base)
    digest = blobs.keep_file(made, root=base)
    clip = Clip(digest, MIME, found["width"], found["height"], size, found["milliseconds"], still.digest)
    write_whole(_note(base, source), json.dumps(asdict(clip)).encode())
    return clip


def _remember(base: Path, source: str, refusal: BfbotError) -> None:
    if len(_refused) >= _REMEMBERED:
        _refused.clear()
    ever = isinstance(refusal, clip_work.Found)
    _refused[base, source] = (math.inf if ever else time.monotonic() + _AGAIN), refusal


def _same(error: BfbotError) -> BfbotError:
    """Raised anew: one that was raised before keeps its traces, and they grow."""
    return type(error)(error.message, mend=error.mend, where=error.where)


@contextlib.contextmanager
def _in_words(base: Path) -> Iterator[None]:
    """What the disk says, as the mend that it needs."""
    try:
        yield
    except OSError as error:
        raise ConfigurationError(
            f"A clip could not be prepared: {error.strerror or error}.",
            where=str(base),
            mend="Make room on the disk, or give bfbot the right to write there. Nothing was lost: try again.",
        ) from error


def _known(base: Path, source: str) -> Clip | None:
    """What this file came to before, as long as all that it came to is still there, byte for byte."""
    try:
        clip = Clip(**json.loads(read_plain(_note(base, source))))
    except (OSError, ValueError, TypeError):
        return None
    whole = blobs.is_whole(clip.digest, root=base) and blobs.is_whole(clip.still, root=base)
    return clip if whole else None


def _note(base: Path, source: str) -> Path:
    return base / "clips" / f"{source}.json"


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """An ordinary file, not followed through a link, not waited for. Raises ContentRefused where that fails."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, "it is no ordinary file")
    except OSError as error:
        raise ContentRefused(
            f"The clip {path.name} cannot be read: {error.strerror}.", mend="Put it into messages/ again."
        ) from error
    with os.fdopen(descriptor, "rb") as file:
        yield file


def _seen(file: BinaryIO) -> tuple[int, int, int, int]:
    found = os.fstat(file.fileno())
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=200)
def _source(path: Path, *_seen: int) -> str:
    """sha256 (hex) of the file, read again when its times, size or place on the disk are others."""
    total = hashlib.sha256(_FORM.encode())
    with _opened(path) as file:
        while piece := file.read(1 << 20):
            total.update(piece)
    return total.hexdigest()
