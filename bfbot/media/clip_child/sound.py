"""Every sample in stereo and in step with the pictures, encoded anew as AAC."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import av
from av.codec.context import Flags

from bfbot.media.clip_child.reading import Refused

RATE = 48_000
BITS = 128_000


class Sound:
    """Takes decoded frames, gives packets for the stream that it has added to `made`.

    Where it begins late or has holes, there is silence, so that no player has to know of it.
    """

    def __init__(self, made: Any, begins: Fraction) -> None:
        self._begins = begins
        self._graph: Any = None
        self._form: tuple[int, str, str] | None = None
        self._stream = made.add_stream("aac", rate=RATE, layout="stereo")
        self._stream.bit_rate = BITS
        context = self._stream.codec_context
        context.flags |= Flags.bitexact
        context.thread_count = 1

    def take(self, frame: Any) -> list[Any]:
        """The packets that are ready."""
        form = (frame.sample_rate, frame.layout.name, frame.format.name)
        if self._graph is None:
            self._graph, self._form = _evened(frame), form
        if form != self._form:
            raise Refused("The clip's sound changes its form on the way.", "Save it again as one piece.")
        if frame.pts is not None:
            at = frame.pts * frame.time_base - self._begins
            frame.pts, frame.time_base = round(at * frame.sample_rate), Fraction(1, frame.sample_rate)
        self._graph.push(frame)
        return self._ready()

    def rest(self) -> list[Any]:
        """The packets that come last."""
        if self._graph is None:
            return []
        self._graph.push(None)
        return [*self._ready(), *self._stream.encode(None)]

    def _ready(self) -> list[Any]:
        found: list[Any] = []
        while True:
            try:
                frame = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return found
            found += self._stream.encode(frame)


def _evened(frame: Any) -> Any:
    graph = av.filter.Graph()
    steps = [
        graph.add_abuffer(
            sample_rate=frame.sample_rate,
            format=frame.format.name,
            layout=frame.layout.name,
            time_base=Fraction(1, frame.sample_rate),
        ),
        graph.add("aresample", f"{RATE}:async=1:first_pts=0:min_hard_comp=0.02"),
        graph.add("aformat", "sample_fmts=fltp:channel_layouts=stereo"),
        graph.add("asetnsamples", "n=1024:p=0"),
        graph.add("abuffersink"),
    ]
    for one, following in pairwise(steps):
        one.link_to(following)
    graph.configure()
    return graph
