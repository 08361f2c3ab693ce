"""Clips: told by their content, written anew in a child that ends, kept by the digest of their bytes.

What a clip came to is kept under the sha256 of the file it came from in var/media/clips, so the child runs once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from bfbot.config import config
from bfbot.domain.captions import Cue, as_webvtt, in_time, spoken
from bfbot.domain.proof import MIDDLE, MediaProof
from bfbot.errors import ContentRefused
from bfbot.media import blobs
from bfbot.media.files import read_plain, write_whole

MAX_BYTES = 40 * 1024 * 1024
MAX_SECONDS = 600
MAX_PIXELS = 1920 * 1200
MIMES = {"mp4": "video/mp4", "webm": "video/webm"}
SAVE_AS = "Save it as MP4 with H.264 pictures and AAC sound."

log = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("clip_child.py")
_PATIENCE = 60  # seconds by the clock; a clip of ten minutes takes two or three
_CPU = 40  # seconds of work
_MEGABYTES = 768  # the library's own code takes 150 of them
_FORM = "bfbot clip 1"  # counts up when the same file comes to be written otherwise
_ONE_AT_A_TIME = threading.Lock()
_refused: dict[
    tuple[Path, str], tuple[str, str]
] = {}  # by store and source: what is broken is worked on once, too
_REMEMBERED = 200


class _Found(ContentRefused):
    """What the child found wrong with the clip: it would find the same again."""


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
    except OSError:
        return ""


def store(path: Path, *, root: Path | None = None) -> Clip:
    """Take in the clip of this file; the same clip twice is one blob.

    Raises ContentRefused for what is no clip, too large or damaged, and where the package for clips is missing;
    ConfigurationError where it cannot be written.
    """
    base = root or config().var / "media"
    with _opened(path) as file:
        kind = kind_of(file.read(64))
        if not kind:
            raise ContentRefused("This file is not a clip that bfbot can read.", mend=SAVE_AS)
        _check_size(os.fstat(file.fileno()).st_size)
        with _ONE_AT_A_TIME:
            source = _source(path, *_seen(file))
            known = _known(base, source)
            if known is not None:
                return known
            if (base, source) in _refused:
                what, mend = _refused[base, source]
                raise ContentRefused(what, mend=mend)
            try:
                return _take_in(file, kind, path, base)
            except _Found as refusal:
                if len(_refused) >= _REMEMBERED:
                    _refused.clear()
                _refused[base, source] = refusal.message, refusal.mend
                raise


def remembered(path: Path, *, root: Path | None = None) -> Clip | None:
    """What the clip of this file came to, where it has been taken in already. Starts nothing, writes nothing."""
    try:
        with _opened(path) as file:
            return _known(root or config().var / "media", _source(path, *_seen(file)))
    except OSError:
        return None


def keep_captions(cues: tuple[Cue, ...], clip: Clip, *, root: Path | None = None) -> str:
    """Check them against the clip's length and store them as WebVTT; their digest. Raises ContentRefused."""
    in_time(cues, clip.milliseconds)
    return blobs.keep(as_webvtt(cues).encode(), root=root)


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise ContentRefused(
            f"The clip has {size / 1_000_000:.0f} MB.",
            mend=f"Save it smaller: at most {MAX_BYTES // 1_000_000} MB.",
        )


def _take_in(file: BinaryIO, kind: str, path: Path, base: Path) -> Clip:
    """Have it written anew and keep that. The file must be the same one afterwards as before."""
    seen = _seen(file)
    source = _source(path, *seen)
    (base / "clips").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base / "clips", prefix=".new-") as folder:
        told = _in_child(file, kind, Path(folder))
        if _seen(file) != seen:
            raise ContentRefused("The clip was changed while it was read.", mend="Try again when it is whole.")
        made = Path(folder, "clip")
        _check_size(made.stat().st_size)
        still = blobs.store(Path(folder, "still").read_bytes(), root=base)
        size = made.stat().st_size
        digest = blobs.keep_file(made, root=base)
    clip = Clip(digest, MIMES[kind], told["width"], told["height"], size, told["milliseconds"], still.digest)
    write_whole(_note(base, source), json.dumps(asdict(clip)).encode())
    return clip


def _in_child(file: BinaryIO, kind: str, folder: Path) -> dict[str, int]:
    """The child's three figures. Input and answer are files, so that it can block nobody."""
    file.seek(0)
    bounds = (_MEGABYTES, _CPU, MAX_PIXELS, MAX_SECONDS, MAX_BYTES + 1_000_000)
    with tempfile.TemporaryFile() as answer:
        child = subprocess.Popen(  # noqa: S603 - our own file, run by our own interpreter
            [sys.executable, "-I", str(_CHILD), kind, str(folder), *map(str, bounds)],
            stdin=file,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            close_fds=True,
        )
        try:
            child.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            raise ContentRefused(
                f"The clip could not be read within {_PATIENCE} seconds.",
                mend="Save it again, smaller.",
            ) from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            child.wait()
        answer.seek(0)
        said = answer.read(10_000)
    return _figures(said)


def _figures(said: bytes) -> dict[str, int]:
    """A child that died, or was taken over, may say anything."""
    damaged = ContentRefused("The clip is damaged or too tangled to read.", mend="Save it again and retry.")
    try:
        told: Any = json.loads(said)
    except ValueError:
        raise damaged from None
    if not isinstance(told, dict):
        raise damaged
    if told.get("missing"):
        raise ContentRefused(  # of this clip alone: everything else goes on without the package
            "Clips need a package that is not installed here.",
            mend="Run make clips in the folder of bfbot, or post a picture instead.",
        )
    if told.get("why"):
        log.info("a clip could not be read", extra={"why": str(told["why"])[:200]})
    if told.get("refused"):
        raise _Found(str(told["refused"])[:200], mend=str(told.get("mend", ""))[:200])
    figures = {name: told.get(name) for name in ("width", "height", "milliseconds")}
    if any(type(one) is not int or not 0 < one < 10**8 for one in figures.values()):
        raise damaged
    return figures  # type: ignore[return-value]  # whole numbers, as was just looked at


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
    """An ordinary file, not followed through a link, not waited for. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
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
