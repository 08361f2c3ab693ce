"""Pictures and sound into a fresh file, and a still of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

import av

from bfbot.media.clip_child import reading
from bfbot.media.clip_child.bounds import MOST_RATE, Bounds, bits_a_second, bounds
from bfbot.media.clip_child.pictures import Pictures
from bfbot.media.clip_child.reading import DAMAGED, Held, Refused
from bfbot.media.clip_child.sound import Sound
from bfbot.media.clip_child.still import Still

OPTIONS = {"fflags": "+bitexact", "movflags": "+faststart"}
ENCODERS = ("libx264", "aac")
WIDEST = 4  # a pixel is at most so many times as wide as high, or as high as wide


@dataclass(frozen=True)
class Most:
    """What any clip may have: pixels of a picture, seconds, bytes when it is written."""

    pixels: int
    seconds: int
    size: int


def rewrite(
    clip: BinaryIO,
    kind: str,
    folder: Path,
    most: Most,
    hold_to: Callable[[Bounds], None],
    step: Callable[[int], None],
) -> dict[str, Any]:
    """Encode the clip anew into FOLDER/clip and draw FOLDER/still; its width, height and milliseconds.

    `hold_to` is called once with what this clip may take, `step` with the per cent that are done. Raises Refused.
    """
    av.logging.set_level(None)
    for name in ENCODERS:
        if name not in av.codecs_available:
            raise Refused(f"The package for clips cannot write {name} here.", "Run make clips again.")
    if reading.cut_short(clip, kind):
        raise Refused(*DAMAGED)
    with reading.opened(clip, kind) as given:
        film, sound = reading.streams(given, kind)
        width, height = film.codec_context.width, film.codec_context.height
        _check_size(width, height, _share(film), most)
        held = reading.held(given, film, sound, most.seconds)
    hold_to(bounds(held.pictures, held.seconds, width * height))
    clip.seek(0)
    with reading.opened(clip, kind) as given:
        first = reading.first_picture(given, reading.streams(given, kind)[0])
    clip.seek(0)
    with reading.opened(clip, kind) as given:
        size = _write(given, kind, first, held, most, folder, step)
    with reading.opened(str(folder / "clip"), "mp4") as made:
        milliseconds = (made.duration or 0) // 1000
    if not milliseconds:
        raise Refused("The clip has no length.", "Save it again and retry.")
    return {"width": size[0], "height": size[1], "milliseconds": milliseconds}


def _write(
    given: Any, kind: str, first: Any, held: Held, most: Most, folder: Path, step: Callable[[int], None]
) -> tuple[int, int]:
    """Decode and encode everything, and draw the still; width and height of the pictures."""
    film, sound = reading.streams(given, kind)
    share, still, seen = _share(film), Still(), 0
    with av.open(str(folder / "clip"), "w", format="mp4", options=OPTIONS) as made:
        pictures = Pictures(made, first, share, held.begins, _rate(held), bits_a_second(held.seconds, most.size))
        voice = Sound(made, held.begins) if held.sounds else None
        made.start_encoding()
        for stream, frame in reading.frames(given, film, sound if held.sounds else None):
            if stream is not film:
                if voice is not None:
                    made.mux(voice.take(frame))
                continue
            _check_size(frame.width, frame.height, share, most)
            shown, ready = pictures.take(frame)
            made.mux(ready)
            if shown is not None:
                still.look(shown)
            seen += 1
            step(min(99, 100 * seen // held.pictures))
        made.mux(pictures.rest())
        if voice is not None:
            made.mux(voice.rest())
    still.draw(folder / "still")
    return pictures.width, pictures.height


def _rate(held: Held) -> Fraction:
    """Pictures a second, on the average."""
    found = Fraction(held.pictures / max(held.seconds, 0.04)).limit_denominator(1001)
    return min(max(found, Fraction(1)), Fraction(MOST_RATE))


def _share(film: Any) -> Fraction:
    """How wide a pixel is for its height; as good as square where the film says something absurd."""
    said = film.sample_aspect_ratio
    return said if said and Fraction(1, WIDEST) <= said <= WIDEST else Fraction(1)


def _check_size(width: int, height: int, share: Fraction, most: Most) -> None:
    if width * height * max(share, Fraction(1)) > most.pixels:
        raise Refused(f"The clip is {width} by {height} pixels.", "Save it at 1920 by 1080 pixels or smaller.")
