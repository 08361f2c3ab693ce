"""Small films with a flash and a beep at the same moment, as cameras, telephones and editors might write them."""

from __future__ import annotations

import io
import math
from array import array
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise

import av

FLASH = (0.6, 0.8)
"""Seconds of the flash, and of the beep."""
SIZE = (64, 48)
OPTIONS = {"libx264": {"crf": "4"}, "libx265": {"x265-params": "log-level=none"}}


def at_rate(rate: int, seconds: float = 1.0) -> tuple[float, ...]:
    """The times of so many pictures a second."""
    return tuple(number / rate for number in range(round(seconds * rate)))


@cache
def scene(
    kind: str = "mp4",
    *,
    codec: str = "libx264",
    sound: str = "aac",
    times: Sequence[float] = at_rate(25),
    size: tuple[int, int] = SIZE,
    layout: str = "stereo",
    rate: int = 48_000,
    spoken: tuple[float, float] = (0.0, 1.0),
    heard_in: int | None = None,
    turn: tuple[int, int, int, int] | None = None,
    shape: Fraction | None = None,
    curve: int = 2,
) -> bytes:
    """The bytes of one.

    `times` of its pictures and `spoken`, of its sound, are in seconds; `heard_in`: one channel alone. `turn`: the
    four numbers of a display matrix. `shape`: how wide a pixel is. `curve`: of its brightness.
    """
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as made:
        pictures = made.add_stream(codec, rate=25, options=OPTIONS.get(codec, {}))
        context = pictures.codec_context
        context.width, context.height, context.pix_fmt = *size, "yuv420p"
        if any(length % 2 for length in size):
            context.pix_fmt = "yuv444p"
        context.time_base = Fraction(1, 1000 if kind == "webm" else 90_000)
        context.color_trc = curve
        if shape:
            context.sample_aspect_ratio = shape
        voice = made.add_stream(sound, rate=rate, layout=layout) if sound else None
        made.start_encoding()
        packets = [one for at in times for one in pictures.encode(_picture(at, size, context))]
        packets += pictures.encode(None)
        if voice is not None:
            for frame in _sound(voice, layout, rate, spoken, heard_in):
                packets += voice.encode(frame)
            packets += voice.encode(None)
        for one in sorted(packets, key=lambda one: one.dts * one.time_base):
            made.mux(one)
    data = out.getvalue()
    return _with_matrix(data, turn) if turn else data


def _with_matrix(data: bytes, turn: tuple[int, int, int, int]) -> bytes:
    """In the head of the first track, behind the plain one that the writer put there."""
    plain = b"".join((one << 16).to_bytes(4, "big") for one in (1, 0, 0, 0, 1, 0, 0, 0))
    at = data.index(plain, data.index(b"tkhd"))
    right_x, right_y, down_x, down_y = turn
    numbers = (right_x, right_y, 0, down_x, down_y, 0, 0, 0)
    return data[:at] + b"".join((one << 16).to_bytes(4, "big", signed=True) for one in numbers) + data[at + 32 :]


def _picture(at: float, size: tuple[int, int], context: av.VideoCodecContext) -> av.VideoFrame:
    """A slope of grey that moves; white while it flashes. The upper left quarter is always black."""
    width, height = size
    frame = av.VideoFrame(width, height, context.pix_fmt)
    flash = FLASH[0] <= round(at, 6) < FLASH[1]
    for number, plane in enumerate(frame.planes):
        rows = []
        for y in range(plane.height):
            if number:
                row = bytes([128]) * plane.width
            elif flash:
                row = bytes([235]) * plane.width
            else:
                row = bytes((40 + 2 * x + y + round(60 * at)) % 90 + 40 for x in range(plane.width))
            if not number and y < height // 2:
                row = bytes([16]) * (width // 2) + row[width // 2 :]
            rows.append(row + bytes(plane.line_size - plane.width))
        plane.update(b"".join(rows))
    frame.pts, frame.time_base = round(at / context.time_base), context.time_base
    return frame


def _sound(
    voice: av.AudioStream, layout: str, rate: int, spoken: tuple[float, float], heard_in: int | None
) -> Iterable[av.AudioFrame]:
    form, channels = voice.codec_context.format, voice.codec_context.layout.nb_channels
    long = voice.codec_context.frame_size or 960
    first, last = (round(one * rate) for one in spoken)
    for start in range(first, last - long + 1, long):
        wave = [_loud(number / rate) for number in range(start, start + long)]
        frame = av.AudioFrame(format=form.name, layout=layout, samples=long)
        each = [wave if heard_in in {None, channel} else [0.0] * long for channel in range(channels)]
        if form.is_planar:
            for plane, one in zip(frame.planes, each, strict=True):
                plane.update(array("f", one).tobytes())
        else:
            whole = array("h", (int(32_000 * one) for samples in zip(*each, strict=True) for one in samples))
            frame.planes[0].update(whole.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield frame


def _loud(at: float) -> float:
    return 0.5 * math.sin(2 * math.pi * 1000 * at) if FLASH[0] <= at < FLASH[1] else 0.0


def seen(data: bytes) -> list[tuple[float, bytes]]:
    """(seconds, brightness of every spot, line by line) of every picture."""
    found = []
    with av.open(io.BytesIO(data)) as opened:
        for one in opened.decode(video=0):
            plane = one.planes[0]
            whole = bytes(plane)
            rows = [whole[y * plane.line_size :][: one.width] for y in range(one.height)]
            found.append((float(one.time), b"".join(rows)))
    return found


def flashes_at(data: bytes) -> float:
    """Seconds until the first bright picture."""
    return next(at for at, spots in seen(data) if spots[-1] > 200)


def heard(data: bytes) -> tuple[int, str, list[array[float]], float]:
    """Samples a second, layout, the samples of each channel from the beginning on, and when the first comes."""
    channels: list[array[float]] = []
    with av.open(io.BytesIO(data)) as opened:
        begins = None
        for one in opened.decode(audio=0):
            begins = float(one.time) if begins is None else begins
            for number, plane in enumerate(one.planes):
                if len(channels) <= number:
                    channels.append(array("f"))
                channels[number].frombytes(bytes(plane)[: 4 * one.samples])
        context = opened.streams.audio[0].codec_context
        return context.sample_rate, context.layout.name, channels, begins or 0.0


def beeps_at(data: bytes, channel: int = 0) -> float:
    """Seconds until the first loud sample."""
    rate, _, channels, begins = heard(data)
    return begins + next(number for number, one in enumerate(channels[channel]) if abs(one) > 0.1) / rate


def likeness(one: bytes, other: bytes) -> float:
    """Peak signal to noise in decibels of two pictures of the same size."""
    error = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) / len(one)
    return 99.0 if error == 0 else 10 * math.log10(255**2 / error)


def gaps(data: bytes) -> list[float]:
    """Seconds between each picture and the next."""
    return [round(after - before, 4) for (before, _), (after, _) in pairwise(seen(data))]
