"""Which containers and codecs are read at all, and what a clip really holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, BinaryIO

import av

READERS = {"mp4": "mov", "webm": "matroska"}
PICTURES = {"mp4": ("h264", "hevc"), "webm": ("vp8", "vp9")}
SOUNDS = {"mp4": ("aac",), "webm": ("opus", "vorbis")}
SAVE_AS = "Save it as MP4 with H.264 pictures and AAC sound."
DAMAGED = ("The clip is damaged or cut short.", "Save it again and retry.")
FASTEST = 250  # pictures a second that are read at all: the slow motion of a telephone has 240


class Refused(Exception):
    """What is wrong with the clip, and what would mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


@dataclass(frozen=True)
class Held:
    """What was counted, packet by packet; where the clip begins, and seconds from there to its end."""

    pictures: int
    sounds: int
    begins: Fraction
    seconds: float


def opened(clip: Any, kind: str) -> Any:
    """By the one reader of this kind; no other is tried, and no decoder but those above, whatever it claims."""
    allowed = ",".join(PICTURES[kind] + SOUNDS[kind])
    return av.open(clip, format=READERS[kind], options={"codec_whitelist": allowed})


def streams(given: Any, kind: str) -> tuple[Any, Any]:
    """The pictures and the sound (None where it is silent) that are taken. Raises Refused where none can be."""
    film = _chosen(given.streams.video, PICTURES[kind], "picture")
    sound = _chosen(given.streams.audio, SOUNDS[kind], "sound") if given.streams.audio else None
    return film, sound


def _chosen(found: Any, known: tuple[str, ...], what: str) -> Any:
    """The first that moves: a cover is a stream of pictures, too."""
    moving = [one for one in found if one.codec_context is not None and not _covers(one)]
    if not moving:
        raise Refused(f"The clip has no {what}.", SAVE_AS)
    name = moving[0].codec_context.codec.canonical_name
    if name not in known:
        raise Refused(f"The clip's {what} is written as {name[:20]}, which bfbot does not read.", SAVE_AS)
    return moving[0]


def _covers(stream: Any) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def held(given: Any, film: Any, sound: Any, longest: int) -> Held:
    """Look the whole file through without decoding it. Raises Refused for one that is too long or too fast."""
    taken = [film] if sound is None else [film, sound]
    begins: dict[int, Fraction] = {}
    ends, counted = Fraction(0), {True: 0, False: 0}
    for packet in given.demux(*taken):
        if packet.is_corrupt:
            raise Refused(*DAMAGED)
        if packet.pts is None or not packet.size:
            continue
        at = packet.pts * packet.time_base
        counted[packet.stream is film] += 1
        begins[packet.stream.index] = min(at, begins.get(packet.stream.index, at))
        ends = max(ends, at + (packet.duration or 0) * packet.time_base)
    if film.index not in begins:
        raise Refused("The clip shows no picture.", "Save it again and retry.")
    first = max(Fraction(0), min(begins.values()))
    seconds = float(ends - first)
    if seconds > longest:
        raise Refused(f"The clip is {seconds:.0f} seconds long.", f"Cut it to at most {longest} seconds.")
    pictures = counted[True]
    if pictures > FASTEST * (seconds + 1):
        raise Refused(f"The clip has more than {FASTEST} pictures a second.", "Save it with 60 or fewer.")
    return Held(pictures, counted[False], first, seconds)


def first_picture(given: Any, film: Any) -> Any:
    """It says how its film is turned and coloured. Raises Refused where there is none."""
    for _, frame in frames(given, film, None):
        return frame
    raise Refused("The clip shows no picture.", "Save it again and retry.")


def frames(given: Any, film: Any, sound: Any) -> Iterator[tuple[Any, Any]]:
    """(stream, frame) for every frame of the two, in the order of the file."""
    film.codec_context.thread_count = 1
    for packet in given.demux(*([film] if sound is None else [film, sound])):
        for frame in packet.decode():
            if frame.is_corrupt:
                raise Refused(*DAMAGED)
            yield packet.stream, frame


def cut_short(clip: BinaryIO, kind: str) -> bool:
    """Whether the container says that it is longer than the file: the reader itself would show what there is."""
    end = clip.seek(0, 2)
    at = _segment_end(clip) if kind == "webm" else _last_box_end(clip, end)
    clip.seek(0)
    return at > end


def _last_box_end(clip: BinaryIO, end: int) -> int:
    """Of an MP4's boxes: each says its length (32 bits, or 64 after a 1; 0 is up to the file's end)."""
    at = 0
    while at < end:
        clip.seek(at)
        head = clip.read(16)
        size = int.from_bytes(head[:4], "big")
        if size == 0:
            return end
        size = int.from_bytes(head[8:16], "big") if size == 1 else size
        if size < 8:
            return end + 1
        at += size
    return at


def _segment_end(clip: BinaryIO) -> int:
    """Of a WebM's one segment, behind its head; 0 where the segment does not say its length, as live ones do."""
    clip.seek(4)
    head_size, used = _number(clip.read(8))
    at = 4 + used + head_size
    clip.seek(at)
    if clip.read(4) != b"\x18\x53\x80\x67":
        return 1 << 62
    size, used = _number(clip.read(8))
    return 0 if size == (1 << 7 * used) - 1 else at + 4 + used + size


def _number(data: bytes) -> tuple[int, int]:
    """A number as WebM writes one, and how many bytes it takes: the first one's leading zeros say so."""
    if not data or not data[0]:
        raise Refused(*DAMAGED)
    used = 9 - data[0].bit_length()
    return int.from_bytes(data[:used], "big") & ((1 << 7 * used) - 1), used
