"""Small films, made when they are asked for: bright above and dark below, ten pictures a second, and silent."""

from __future__ import annotations

import io
from fractions import Fraction
from functools import cache
from pathlib import Path

import av

CANARY = "Zenobia Quillfeather"
PLACE = "+51.5034-000.1276/"
VTT = b"WEBVTT\n\n00:00.000 --> 00:00.400\nGood morning.\n\n00:00.400 --> 00:00.900\n<v Carer>We begin at eight.\n"
SRT = b"1\r\n00:00:00,000 --> 00:00:00,400\r\nGood morning.\r\n"
RATE = 10  # pictures a second


@cache
def film(
    kind: str = "mp4",
    *,
    codec: str = "libx264",
    sound: str = "aac",
    seconds: float = 1.0,
    size: tuple[int, int] = (64, 36),
    turned: int = 0,
    told: bool = False,
) -> bytes:
    """The bytes of one. `told`: with all that a camera and an editor write about themselves and their owner."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as made:
        if told:
            made.metadata.update({"title": CANARY, "comment": CANARY, "artist": CANARY, "location": PLACE})
            made.metadata["creation_time"] = "2026-01-02T03:04:05Z"
            made.set_chapters(
                [{"id": 1, "start": 0, "end": 900, "time_base": Fraction(1, 1000), "metadata": {"title": CANARY}}]
            )
        pictures = made.add_stream(codec, rate=RATE)
        pictures.width, pictures.height = size
        pictures.pix_fmt = "yuv420p"
        if told:
            pictures.metadata["handler_name"] = CANARY
        if turned:
            pictures.set_display_rotation(turned)
        voice = made.add_stream(sound, rate=48_000) if sound else None
        if voice is not None:
            voice.layout = "mono"
        for number in range(round(seconds * RATE)):
            made.mux(pictures.encode(_picture(number, size)))
        made.mux(pictures.encode(None))
        if voice is not None:
            long = voice.codec_context.frame_size or 960
            for number in range(int(seconds * 48_000) // long):
                made.mux(voice.encode(_silence(number, long, voice.codec_context.format.name)))
            made.mux(voice.encode(None))
    return out.getvalue()


def _picture(number: int, size: tuple[int, int]) -> av.VideoFrame:
    """Its upper half is bright: which way is up can be seen."""
    frame = av.VideoFrame(*size, "yuv420p")
    for plane, above, below in zip(frame.planes, (235, 128, 128), (16, 128, 128), strict=True):
        half = plane.height // 2 * plane.line_size
        plane.update(bytes([above]) * half + bytes([below]) * (plane.buffer_size - half))
    frame.pts, frame.time_base = number, Fraction(1, RATE)
    return frame


def _silence(number: int, long: int, form: str) -> av.AudioFrame:
    frame = av.AudioFrame(format=form, layout="mono", samples=long)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate, frame.pts, frame.time_base = 48_000, number * long, Fraction(1, 48_000)
    return frame


def on_disk(folder: Path, data: bytes, name: str = "film.mp4") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
