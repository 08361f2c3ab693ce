"""Run by itself in a child process: a clip on standard input, the same clip written anew into the folder named.

    python -I clip_child.py KIND FOLDER MEGABYTES SECONDS PIXELS LONGEST BYTES < clip      (KIND: mp4 or webm)

Started by path, so it imports nothing of bfbot. A hostile film may take the process down, fill the memory or
never end; here that costs a child. Limits are set before the first byte is read, and only the one reader that
KIND names and the decoders below are ever started. Into FOLDER come `clip` and `still` (a PNG); what they are
goes to standard output as JSON. Picture and sound are copied as they are; all else is left behind: places, dates,
devices, names, chapters, subtitles, data tracks, covers, and the unseen notes between the pictures.
"""

from __future__ import annotations

import json
import resource
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

REFUSED = 3  # exit code: no clip, or one that is refused; the reason stands in the JSON

# What every browser and network plays, by container; how it is read, and with which options it is written.
PICTURES = {"mp4": ("h264",), "webm": ("vp8", "vp9")}
SOUNDS = {"mp4": ("aac",), "webm": ("opus", "vorbis")}
READERS = {"mp4": "mov", "webm": "matroska"}
OPTIONS = {"mp4": {"fflags": "+bitexact", "movflags": "+faststart"}, "webm": {"fflags": "+bitexact"}}
NOTES = {"h264": "filter_units=remove_types=6"}  # what H.264 carries between its pictures, unseen ("SEI")
SAVE_AS = "Save it as MP4 with H.264 pictures and AAC sound."
DAMAGED = ("The clip is damaged or cut short.", "Save it again and retry.")
STILL_EDGE = 1280  # pixels of the still's longer side
DARK = 24  # a still whose brightest and darkest spots are no further apart (of 255) shows nothing
LOOKED_AT = 8  # so many whole pictures are looked at for a still that shows something


class Refused(Exception):
    """What is wrong with the clip, and what would mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def limit(megabytes: int, seconds: int, largest_file: int) -> None:
    """Bound this process's memory, CPU time and what it may write."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def rewrite(kind: str, folder: Path, pixels: int, longest: int) -> dict[str, Any]:
    """Copy the clip of standard input into FOLDER/clip and draw FOLDER/still; what came of it."""
    import av

    av.logging.set_level(None)
    if cut_short(sys.stdin.buffer, kind):
        raise Refused(*DAMAGED)
    with opened(sys.stdin.buffer, kind) as given:
        film = chosen(given.streams.video, PICTURES[kind], "picture", kind)
        sound = chosen(given.streams.audio, SOUNDS[kind], "sound", kind) if given.streams.audio else None
        context = film.codec_context
        if context.width * context.height > pixels:
            raise Refused(
                f"The clip is {context.width} by {context.height} pixels.",
                "Save it at 1920 by 1080 pixels or smaller.",
            )
        if given.duration is not None and given.duration / 1_000_000 > longest:
            raise too_long(given.duration / 1_000_000, longest)
        still = copied(given, film, sound, kind, folder)
    draw(still, folder)
    with opened(str(folder / "clip"), kind) as made:
        context, ends = made.streams.video[0].codec_context, made.duration or 0
        if ends / 1_000_000 > longest:
            raise too_long(ends / 1_000_000, longest)
        if not ends:
            raise Refused("The clip has no length.", "Save it again and retry.")
        turned = still.rotation % 180 != 0
        size = (context.height, context.width) if turned else (context.width, context.height)
        return {"width": size[0], "height": size[1], "milliseconds": ends // 1000, "sound": sound is not None}


def cut_short(clip: BinaryIO, kind: str) -> bool:
    """Whether the container says that it is longer than the file: the reader itself would show what there is."""
    end = clip.seek(0, 2)
    at = segment_end(clip) if kind == "webm" else last_box_end(clip, end)
    clip.seek(0)
    return at > end


def last_box_end(clip: BinaryIO, end: int) -> int:
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


def segment_end(clip: BinaryIO) -> int:
    """Of a WebM's one segment, behind its head; 0 where the segment does not say its length, as live ones do."""
    clip.seek(4)
    head_size, used = number(clip.read(8))
    at = 4 + used + head_size
    clip.seek(at)
    if clip.read(4) != b"\x18\x53\x80\x67":
        return 1 << 62
    size, used = number(clip.read(8))
    return 0 if size == (1 << 7 * used) - 1 else at + 4 + used + size


def number(data: bytes) -> tuple[int, int]:
    """A number as WebM writes one, and how many bytes it takes: the first one's leading zeros say so."""
    if not data or not data[0]:
        raise Refused(*DAMAGED)
    used = 9 - data[0].bit_length()
    return int.from_bytes(data[:used], "big") & ((1 << 7 * used) - 1), used


def opened(clip: Any, kind: str) -> Any:
    """By the one reader of this kind: no other is ever tried, whatever the bytes claim to be."""
    import av

    return av.open(clip, format=READERS[kind])


def chosen(streams: Any, known: tuple[str, ...], what: str, kind: str) -> Any:
    """The first stream that moves (a cover is a video stream, too). Raises Refused where none can be taken."""
    found = [one for one in streams if one.codec_context is not None and not covers(one)]
    if not found:
        raise Refused(f"The clip has no {what}.", SAVE_AS)
    name = found[0].codec_context.codec.canonical_name
    if name not in known:
        raise Refused(f"The clip's {what} is written as {name[:20]}, which not every network plays.", SAVE_AS)
    return found[0]


def covers(stream: Any) -> bool:
    import av

    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def too_long(seconds: float, longest: int) -> Refused:
    return Refused(f"The clip is {seconds:.0f} seconds long.", f"Cut it to at most {longest} seconds.")


def copied(given: Any, film: Any, sound: Any, kind: str, folder: Path) -> Any:
    """Write picture and sound into a container of our own; the picture that becomes the still.

    Every whole picture on the way is decoded, so that a clip which is none is found out here.
    """
    import av

    taken = [film] if sound is None else [film, sound]
    film.codec_context.thread_count = 1
    film.codec_context.skip_frame = "NONKEY"
    stills: list[Any] = []
    with av.open(str(folder / "clip"), "w", format=kind, options=OPTIONS[kind]) as made:
        out = {one.index: made.add_stream_from_template(one, opaque=False) for one in taken}
        for one in out.values():
            one.metadata.clear()
        notes = NOTES.get(film.codec_context.codec.canonical_name, "null")
        quiet = av.bitstream.BitStreamFilterContext(notes, film, out[film.index])
        for packet in given.demux(*taken):
            if packet.stream is film:
                look(packet, stills)
            if packet.dts is None:  # the end of the stream
                continue
            if packet.is_corrupt:
                raise Refused(*DAMAGED)
            kept = quiet.filter(packet) if packet.stream is film else [packet]
            put(made, out[packet.stream.index], kept)
        put(made, out[film.index], quiet.filter(None))
    if not stills:
        raise Refused("The clip shows no picture.", "Save it again and retry.")
    return next((one for one in stills if spread(one) > DARK), stills[0])


def put(made: Any, stream: Any, packets: Any) -> None:
    for packet in packets:
        packet.stream = stream
        made.mux(packet)


def look(packet: Any, stills: list[Any]) -> None:
    for frame in packet.decode():
        if frame.is_corrupt:
            raise Refused(*DAMAGED)
        if len(stills) < LOOKED_AT:
            stills.append(frame)


def spread(frame: Any) -> int:
    """How far the brightest and the darkest spot are apart."""
    small = frame.reformat(width=16, height=16, format="gray")
    seen = bytes(small.planes[0])[: 16 * small.planes[0].line_size]
    spots = [value for row in range(16) for value in seen[row * small.planes[0].line_size :][:16]]
    return max(spots) - min(spots)


def draw(frame: Any, folder: Path) -> None:
    """The still, upright and at most STILL_EDGE on a side."""
    share = min(Fraction(1), Fraction(STILL_EDGE, max(frame.width, frame.height)))
    width, height = max(1, int(frame.width * share)), max(1, int(frame.height * share))
    image = frame.reformat(width=width, height=height, format="rgb24").to_image()
    if frame.rotation % 360:
        image = image.rotate(frame.rotation, expand=True)
    image.save(folder / "still", "PNG", compress_level=1)


def main() -> int:
    kind, folder = sys.argv[1], Path(sys.argv[2])
    megabytes, seconds, pixels, longest, largest_file = (int(one) for one in sys.argv[3:8])
    limit(megabytes, seconds, largest_file)
    try:
        found = rewrite(kind, folder, pixels, longest)
    except ModuleNotFoundError:
        found = {"missing": True}
    except Refused as why:
        found = {"refused": why.what, "mend": why.mend}
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        # PyAV's own errors are OSErrors and ValueErrors; the rest is what a field out of all bounds makes of it.
        found = {"refused": DAMAGED[0], "mend": DAMAGED[1], "why": repr(error)[:200]}
    sys.stdout.write(json.dumps(found))
    return 0 if "width" in found else REFUSED


if __name__ == "__main__":
    raise SystemExit(main())
