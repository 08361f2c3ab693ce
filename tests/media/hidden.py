"""Words hidden inside of what is compressed, where players never look and copies keep them."""

from __future__ import annotations

import io
from collections.abc import Callable

import av

from tests.media.scenes import scene

HIDDEN = b"quillfeather-was-here"
_NOTE = bytes(range(16)) + HIDDEN  # sixteen bytes say whose note it is


def with_hidden(where: str) -> bytes:
    """A film with HIDDEN in one of the PLACES."""
    place = PLACES[where]
    out = io.BytesIO()
    with av.open(io.BytesIO(scene(layout="mono"))) as given, av.open(out, "w", format="mp4") as made:
        streams = {one.index: made.add_stream_from_template(one) for one in given.streams}
        for packet in given.demux():
            if packet.dts is None:
                continue
            other = av.Packet(place(packet.stream.type, bytes(packet)))
            other.pts, other.dts, other.time_base = packet.pts, packet.dts, packet.time_base
            other.duration, other.is_keyframe = packet.duration, packet.is_keyframe
            other.stream = streams[packet.stream.index]
            made.mux(other)
    data = out.getvalue()
    return data + (len(HIDDEN) + 8).to_bytes(4, "big") + b"free" + HIDDEN if where == "a box behind all" else data


def _unit(kind: int, said: bytes) -> bytes:
    """One of H.264's units with its length in front, as it lies in an MP4."""
    return (len(said) + 1).to_bytes(4, "big") + bytes([kind]) + said


def _note(kind: str, data: bytes) -> bytes:
    return _unit(6, bytes([5, len(_NOTE)]) + _NOTE + b"\x80") + data if kind == "video" else data


def _padding(kind: str, data: bytes) -> bytes:
    return data + _unit(12, HIDDEN + b"\x80") if kind == "video" else data


def _private(kind: str, data: bytes) -> bytes:
    return data + _unit(30, HIDDEN + b"\x80") if kind == "video" else data


def _behind_the_slice(kind: str, data: bytes) -> bytes:
    """In the last unit of the picture itself, behind where it ends."""
    if kind != "video":
        return data
    at, last = 0, 0
    while at < len(data):
        last, at = at, at + 4 + int.from_bytes(data[at : at + 4], "big")
    unit = data[last + 4 :] + HIDDEN
    return data[:last] + len(unit).to_bytes(4, "big") + unit


def _in_the_sound(kind: str, data: bytes) -> bytes:
    """As a "data stream" of AAC, in front of the samples; its head has sixteen bits."""
    return b"\x81" + bytes([len(HIDDEN)]) + HIDDEN + data if kind == "audio" else data


def _filling_the_sound(kind: str, data: bytes) -> bytes:
    """As AAC's filling, whose head has fifteen bits: what follows is shifted by one."""
    if kind != "audio":
        return data
    bits = f"110{15:04b}{len(HIDDEN) - 14:08b}" + "".join(f"{one:08b}" for one in HIDDEN + data)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


PLACES: dict[str, Callable[[str, bytes], bytes]] = {
    "a note between pictures": _note,
    "padding": _padding,
    "a unit that nobody knows": _private,
    "behind the slice": _behind_the_slice,
    "a data stream in the sound": _in_the_sound,
    "filling in the sound": _filling_the_sound,
    "a box behind all": lambda _, data: data,
}


def holds(data: bytes) -> bool:
    """Whether HIDDEN is there, at whichever bit it begins."""
    whole = int.from_bytes(data, "big")
    return any(HIDDEN in (whole >> shift).to_bytes(len(data), "big") for shift in range(8))
