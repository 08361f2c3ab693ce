"""Every frame and every sample is encoded anew: the same to see and hear, in step, upright, and nothing else."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from bfbot.media.clip_child import writing
from bfbot.media.clip_child.bounds import Bounds
from bfbot.media.clip_child.reading import Refused
from tests.media.hidden import PLACES, holds, with_hidden
from tests.media.scenes import FLASH, SIZE, at_rate, beeps_at, flashes_at, gaps, heard, likeness, scene, seen

MOST = writing.Most(1920 * 1200, 600, 40_000_000)


def anew(data: bytes, folder: Path, kind: str = "mp4") -> bytes:
    """What the child makes of it, made here."""
    folder.mkdir(exist_ok=True)
    told: list[Bounds] = []
    made = writing.rewrite(io.BytesIO(data), kind, folder, MOST, told.append, lambda _: None)
    assert len(told) == 1
    kept = (folder / "clip").read_bytes()
    with av.open(io.BytesIO(kept)) as opened:
        context = opened.streams.video[0].codec_context
        assert (context.width, context.height) == (made["width"], made["height"])
        assert (context.codec.canonical_name, context.pix_fmt) == ("h264", "yuv420p")
    return kept


def packets(data: bytes) -> dict[str, set[bytes]]:
    with av.open(io.BytesIO(data)) as opened:
        found: dict[str, set[bytes]] = {"video": set(), "audio": set()}
        for one in opened.demux():
            if one.size:
                found[one.stream.type].add(bytes(one))
        return found


def test_every_packet_is_new_and_the_picture_is_the_same(tmp_path: Path) -> None:
    given = scene(layout="mono")  # stereo by the same encoder would come out the same
    kept = anew(given, tmp_path)
    before, after = packets(given), packets(kept)
    for kind in ("video", "audio"):
        assert len(after[kind]) > 5
        assert not before[kind] & after[kind]
    worst = min(likeness(one, other) for (_, one), (_, other) in zip(seen(given), seen(kept), strict=True))
    print(f"\nworst picture: {worst:.1f} dB")
    assert worst > 35


def test_the_same_film_comes_to_the_same_bytes(tmp_path: Path) -> None:
    given = scene(times=at_rate(30, 2.0), size=(160, 120))
    assert anew(given, tmp_path / "a") == anew(given, tmp_path / "b")


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("plain", {}),
        ("late sound", {"spoken": (0.3, 1.2)}),
        ("late pictures", {"times": tuple(one + 0.4 for one in at_rate(25))}),
        ("uneven times", {"times": (0.0, 0.1, 0.15, 0.5, 0.6, 0.62, 0.9)}),
        ("mono, 44.1 kHz", {"layout": "mono", "rate": 44_100}),
        ("5.1, heard in the middle", {"layout": "5.1", "heard_in": 2}),
        ("22 kHz", {"rate": 22_050}),
        ("HEVC", {"codec": "libx265"}),
        ("120 a second", {"times": at_rate(120)}),
        ("VP8", {"kind": "webm", "codec": "libvpx", "sound": "libopus"}),
        (
            "VP9",
            {"kind": "webm", "codec": "libvpx-vp9", "sound": "libopus", "layout": "mono", "spoken": (0.25, 1.0)},
        ),
    ],
)
def test_flash_and_beep_stay_together(tmp_path: Path, name: str, how: dict[str, Any]) -> None:
    kept = anew(scene(**how), tmp_path, how.get("kind", "mp4"))
    light, sound = flashes_at(kept), min(beeps_at(kept, one) for one in (0, 1))
    print(f"\n{name}: flash at {light:.3f} s, beep at {sound:.3f} s")
    assert light == pytest.approx(FLASH[0], abs=0.05)
    assert sound == pytest.approx(FLASH[0], abs=0.05)
    rate, layout, channels, begins = heard(kept)
    assert (rate, layout, len(channels)) == (48_000, "stereo", 2)
    assert begins == pytest.approx(0, abs=0.03)  # sound that came late is silence first, for every player alike


def test_sound_that_stops_and_goes_on_stays_in_its_place(tmp_path: Path) -> None:
    """A hole in the middle, as a live recording has it: the second beep is as far behind the first as before."""
    holed = io.BytesIO()
    with av.open(io.BytesIO(scene())) as given, av.open(holed, "w", format="mp4") as made:
        streams = {one.index: made.add_stream_from_template(one) for one in given.streams}
        for packet in given.demux():
            hole = packet.stream.type == "audio" and packet.pts and 0.2 < packet.pts * packet.time_base < 0.5
            if packet.dts is not None and not hole:
                packet.stream = streams[packet.stream.index]
                made.mux(packet)
    kept = anew(holed.getvalue(), tmp_path)
    assert beeps_at(kept) == pytest.approx(flashes_at(kept), abs=0.05)


def test_pictures_keep_their_own_times_and_sixty_a_second_is_the_most(tmp_path: Path) -> None:
    uneven = (0.0, 0.1, 0.15, 0.5, 0.6, 0.62, 0.9)
    kept = anew(scene(times=uneven, sound=""), tmp_path)
    assert gaps(kept) == [0.1, 0.05, 0.35, 0.1, 0.02, 0.28]
    for fast, left in ((120, 60), (90, 45), (60, 60)):
        kept = anew(scene(times=at_rate(fast), sound=""), tmp_path)
        assert len(seen(kept)) == pytest.approx(left, abs=1)
        assert min(gaps(kept)) > 0.0145


def test_a_last_picture_stands_as_long_as_before(tmp_path: Path) -> None:
    out = io.BytesIO()
    with av.open(io.BytesIO(scene(times=(0.0, 1.0), sound=""))) as given, av.open(out, "w", format="mp4") as made:
        stream = made.add_stream_from_template(given.streams.video[0])
        for packet in given.demux():
            if packet.dts is not None:
                packet.duration = int((1 if packet.pts == 0 else 3) / packet.time_base)
                packet.stream = stream
                made.mux(packet)
    kept = anew(out.getvalue(), tmp_path)
    with av.open(io.BytesIO(kept)) as opened:
        assert opened.duration == pytest.approx(4_000_000, abs=50_000)


@pytest.mark.parametrize(
    ("turn", "corner"),
    [
        ((1, 0, 0, 1), "left above"),
        ((0, 1, -1, 0), "right above"),  # a quarter with the clock
        ((-1, 0, 0, -1), "right below"),
        ((0, -1, 1, 0), "left below"),
        ((-1, 0, 0, 1), "right above"),  # mirrored
        ((1, 0, 0, -1), "left below"),
        ((0, 1, 1, 0), "left above"),  # over one diagonal, and over the other
        ((0, -1, -1, 0), "right below"),
    ],
    ids=str,
)
def test_a_turned_film_is_upright_in_its_pictures(
    tmp_path: Path, turn: tuple[int, int, int, int], corner: str
) -> None:
    kept = anew(scene(times=at_rate(5), sound="", turn=turn), tmp_path)
    width, height = SIZE if turn[0] else SIZE[::-1]
    _, spots = seen(kept)[0]
    assert len(spots) == width * height
    with av.open(io.BytesIO(kept)) as opened:
        frame = next(opened.decode(video=0))
        assert (frame.width, frame.rotation) == (width, 0)
    corners = {
        f"{across} {down}": spots[y * width + x]
        for across, x in (("left", 4), ("right", width - 5))
        for down, y in (("above", 4), ("below", height - 5))
    }
    assert min(corners, key=lambda one: corners[one]) == corner


def test_odd_sizes_become_even_and_pixels_square(tmp_path: Path) -> None:
    for given, shape, wanted in (
        ((65, 49), None, (64, 48)),
        ((64, 48), Fraction(4, 3), (84, 48)),
        ((64, 48), Fraction(900, 1), (64, 48)),  # absurd, and left alone
        ((16, 16), None, (16, 16)),
    ):
        kept = anew(scene(times=at_rate(5), sound="", size=given, shape=shape), tmp_path)
        with av.open(io.BytesIO(kept)) as opened:
            context = opened.streams.video[0].codec_context
            assert (context.width, context.height) == wanted
            assert context.sample_aspect_ratio in {None, 0, 1}


def test_a_film_in_hdr_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="HDR") as refused:
        anew(scene(times=at_rate(5), sound="", curve=18), tmp_path)
    assert "standard colours" in refused.value.mend


def test_without_an_encoder_it_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ENCODERS", ("libx264", "no-such-encoder"))
    with pytest.raises(Refused, match="cannot write no-such-encoder here"):
        anew(scene(), tmp_path)


@pytest.mark.parametrize("where", PLACES)
def test_what_is_hidden_in_the_compressed_film_is_gone(tmp_path: Path, where: str) -> None:
    given = with_hidden(where)
    assert holds(given)
    kept = anew(given, tmp_path)
    assert not holds(kept)
    for name in (b"x264", b"Lavc", b"Lavf"):  # nor does the encoder sign its name
        assert name not in kept
    plain = anew(scene(layout="mono"), tmp_path / "plain")
    assert [spots for _, spots in seen(kept)] == [spots for _, spots in seen(plain)]
    assert beeps_at(kept) == pytest.approx(beeps_at(plain), abs=0.001)


def test_a_recording_that_begins_late_begins_at_once(tmp_path: Path) -> None:
    """A part of a live one keeps the times of the whole."""
    out = io.BytesIO()
    with (
        av.open(io.BytesIO(scene("webm", codec="libvpx", sound="libopus"))) as given,
        av.open(out, "w", format="webm") as made,
    ):
        streams = {one.index: made.add_stream_from_template(one) for one in given.streams}
        for packet in given.demux():
            if packet.dts is not None:
                packet.pts, packet.dts = packet.pts + 5000, packet.dts + 5000
                packet.stream = streams[packet.stream.index]
                made.mux(packet)
    assert flashes_at(out.getvalue()) > 5
    kept = anew(out.getvalue(), tmp_path, "webm")
    assert (flashes_at(kept), beeps_at(kept)) == (pytest.approx(0.6, abs=0.05), pytest.approx(0.6, abs=0.05))
