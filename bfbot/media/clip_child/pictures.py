"""Every picture upright, in plain colours and at its own time, encoded anew as H.264."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av
from av.codec.context import Flags
from av.sidedata.sidedata import Type
from av.video.reformatter import ColorRange, Interpolation

from bfbot.media.clip_child.bounds import MOST_RATE
from bfbot.media.clip_child.reading import Refused

CLOCK = Fraction(1, 90_000)
CLOSEST = Fraction(1, MOST_RATE) - Fraction(2, 1000)  # times in WebM are rounded to a thousandth of a second
THREADS = 1  # with more, x264 writes other bytes each time
BRIGHT_CURVES = {16: "PQ", 18: "HLG"}  # how a film says that it is HDR
PLAIN = {1, 5, 6, 7}  # colours as BT.709 or BT.601 has them, which every player knows
UNSEEN = "filter_units=remove_types=6|9|12"  # notes, marks and padding
_EXACT = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
_ACROSS = {(True, True): "0", (True, False): "1", (False, True): "2", (False, False): "3"}


class Pictures:
    """Takes decoded frames, gives packets for the stream that it has added to `made`.

    The first picture is shown from the beginning on; each other at its own time after `begins`. Those that follow
    sooner than sixty a second allow are left out. Raises Refused for what would look wrong.
    """

    def __init__(
        self, made: Any, first: Any, share: Fraction, begins: Fraction, rate: Fraction, bits: int
    ) -> None:
        """`share`: how wide a pixel is for its height; `rate`: pictures a second; `bits`: at most, a second."""
        curve = BRIGHT_CURVES.get(int(first.color_trc or 0))
        if curve:
            raise Refused(
                f"The clip is in HDR ({curve}), and its colours would turn pale.",
                "Save it in standard colours (SDR).",
            )
        across, flips = _turn(first)
        self._size = _even(first.width * share), _even(Fraction(first.height))
        self._turned = _Turned(across, flips, self._size) if across or flips else None
        self.width, self.height = self._size[::-1] if across else self._size
        self._begins, self._last = begins, Fraction(-1)
        self._stream = made.add_stream("libx264", rate=rate, options=_options(bits, rate))
        context = self._stream.codec_context
        context.width, context.height, context.pix_fmt = self.width, self.height, "yuv420p"
        context.time_base = CLOCK
        context.thread_count = THREADS
        context.flags |= Flags.bitexact | Flags.frame_duration
        context.color_range = ColorRange.MPEG
        for name in ("colorspace", "color_primaries", "color_trc"):
            said = int(getattr(first, name) or 0)
            setattr(context, name, said if said in PLAIN else 2)
        self._quiet: Any = None

    def take(self, frame: Any) -> tuple[Any, list[Any]]:
        """The picture as it is written (None where it is left out), and the packets that are ready."""
        at = Fraction(0) if frame.pts is None else frame.pts * frame.time_base - self._begins
        if self._last < 0:
            at = Fraction(0)
        elif frame.pts is None or at - self._last < CLOSEST:
            return None, []
        self._last = at
        width, height = self._size
        plain = frame.reformat(
            width,
            height,
            "yuv420p",
            interpolation=_EXACT,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        shown = self._turned.turn(plain) if self._turned else plain
        shown.duration = round((frame.duration or 0) * frame.time_base / CLOCK)
        shown.pts, shown.time_base, shown.pict_type = round(at / CLOCK), CLOCK, 0
        return shown, list(self._written(self._stream.encode(shown)))

    def rest(self) -> list[Any]:
        """The packets that come last."""
        return [*self._written(self._stream.encode(None)), *self._written([None])]

    def _written(self, packets: Any) -> Iterator[Any]:
        """Without what H.264 carries between its pictures, unseen: the encoder signs its name there."""
        if self._quiet is None:
            self._quiet = av.bitstream.BitStreamFilterContext(UNSEEN, self._stream, self._stream)
        for packet in packets:
            for kept in self._quiet.filter(packet):
                kept.stream = self._stream
                yield kept


class _Turned:
    """Pictures turned and mirrored as their film says."""

    def __init__(self, across: str, flips: tuple[str, ...], size: tuple[int, int]) -> None:
        self._graph = av.filter.Graph()
        steps = [
            self._graph.add_buffer(
                width=size[0], height=size[1], format=av.VideoFormat("yuv420p"), time_base=CLOCK
            )
        ]
        if across:
            steps.append(self._graph.add("transpose", across))
        steps += [self._graph.add(one) for one in flips]
        steps.append(self._graph.add("buffersink"))
        for one, following in pairwise(steps):
            one.link_to(following)
        self._graph.configure()

    def turn(self, frame: Any) -> Any:
        frame.pts, frame.time_base = 0, CLOCK
        self._graph.push(frame)
        return self._graph.pull()


def _turn(frame: Any) -> tuple[str, tuple[str, ...]]:
    """How the film wants its pictures shown: a turn over a diagonal ("" for none), and mirrorings.

    The numbers say where the first step to the right and the first step down lead to.
    """
    said = frame.side_data.get(Type.DISPLAYMATRIX)
    if said is None:
        return "", ()
    right_x, right_y, _, down_x, down_y = struct.unpack("=5i", bytes(said)[:20])
    if abs(right_y) + abs(down_x) > abs(right_x) + abs(down_y):
        return _ACROSS[right_y > 0, down_x > 0], ()
    return "", tuple(name for name, step in (("hflip", right_x), ("vflip", down_y)) if step < 0)


def _even(length: Fraction) -> int:
    return max(2, int(length) // 2 * 2)


def _options(bits: int, rate: Fraction) -> dict[str, str]:
    return {
        "preset": "superfast",
        "crf": "20",
        "maxrate": str(bits),
        "bufsize": str(2 * bits),
        "g": str(max(1, int(4 * rate))),
        "a53cc": "0",
    }
