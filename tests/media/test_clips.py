"""Clips: known by their content, encoded anew without a word of who made them, bounded, and never a crash."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import av
import pytest
from PIL import Image

from bfbot.domain.captions import read_captions
from bfbot.errors import ContentRefused
from bfbot.media import blobs, clip_work, clips
from bfbot.media.clip_child.bounds import Bounds
from tests.media.films import CANARY, PLACE, VTT, film, on_disk
from tests.web.pictures import png

WEBM = film("webm", codec="libvpx", sound="libopus")


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, clips.Clip, bytes]:
    """A film that tells everything, taken in; its store and the bytes that are kept."""
    folder = tmp_path_factory.mktemp("clips")
    clip = clips.store(on_disk(folder, film("mov", turned=90, told=True), "film.bin"), root=folder)
    return folder, clip, blobs.read(clip.digest, root=folder)


def test_what_a_clip_is_tells_its_content_and_not_its_name() -> None:
    assert clips.kind_of(film()[:64]) == clips.kind_of(film("mov")[:64]) == "mp4"
    assert clips.kind_of(WEBM[:64]) == "webm"
    matroska = film("matroska", codec="libvpx", sound="")
    for other in (
        png(),
        matroska[:64],
        b"",
        b"RIFF0000AVI LIST",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"<!doctype html>",
    ):
        assert clips.kind_of(other) == ""


def test_place_names_dates_and_notes_are_gone(taken: tuple[Path, clips.Clip, bytes]) -> None:
    _, clip, kept = taken
    given = film("mov", turned=90, told=True)
    for trace in (CANARY, PLACE, "x264", "Lavc"):
        assert trace.encode() in given
        assert trace.encode() not in kept
    with av.open(io.BytesIO(kept)) as made:
        said = {**made.metadata, **{key: one for stream in made.streams for key, one in stream.metadata.items()}}
        assert set(said) == {"major_brand", "minor_version", "compatible_brands", "language", "handler_name"}
        assert said["handler_name"] in {"VideoHandler", "SoundHandler"}
        assert not made.chapters()
        assert [one.type for one in made.streams] == ["video", "audio"]
        assert {(one.rotation, one.width, one.height) for one in made.decode(video=0)} == {(0, 36, 64)}
    assert clip.digest == blobs.hashlib.sha256(kept).hexdigest()


def test_it_is_shown_upright_with_its_length_and_a_still(taken: tuple[Path, clips.Clip, bytes]) -> None:
    folder, clip, kept = taken
    assert (clip.mime, clip.width, clip.height, clip.size) == ("video/mp4", 36, 64, len(kept))
    assert 900 <= clip.milliseconds <= 1200
    still = Image.open(io.BytesIO(blobs.read(clip.still, root=folder))).convert("L")
    assert still.size == (36, 64)
    left, right = still.getpixel((4, 32)), still.getpixel((31, 32))
    assert left > 180 > 60 > right  # its bright upper half, turned a quarter against the clock as the film says


def test_the_same_clip_is_one_blob_and_is_worked_on_once(
    taken: tuple[Path, clips.Clip, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, clip, _ = taken
    monkeypatch.setattr(clip_work.subprocess, "Popen", None)  # would fail where another child were started
    again = on_disk(folder, film("mov", turned=90, told=True), "again.mp4")
    assert clips.store(again, root=folder) == clips.remembered(again, root=folder) == clip
    assert clips.remembered(on_disk(folder, WEBM, "other.webm"), root=folder) is None


def test_a_blob_that_was_swapped_is_made_again(tmp_path: Path) -> None:
    path = on_disk(tmp_path, WEBM)
    clip = clips.store(path, root=tmp_path)
    assert clip.mime == "video/mp4"  # whatever it came as
    assert clips.kind_of(blobs.read(clip.digest, root=tmp_path)[:64]) == "mp4"
    (tmp_path / "blobs" / clip.digest[:2] / clip.digest).write_bytes(b"swapped")
    assert clips.remembered(path, root=tmp_path) is None
    with pytest.raises(ContentRefused):
        blobs.read(clip.digest, root=tmp_path)
    assert clips.store(path, root=tmp_path) == clip
    assert blobs.read(clip.digest, root=tmp_path)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: png(), "not a clip"),
        (lambda: film(codec="mpeg4", sound=""), "written as mpeg4"),
        (lambda: film(sound="libmp3lame"), "written as mp3"),
        (lambda: film(size=(2000, 1300), seconds=0.2, sound=""), "2000 by 1300 pixels"),
        (lambda: film()[:-200], "damaged"),
        (lambda: film()[:64], "damaged"),
        (lambda: WEBM[:-200], "cut short"),
    ],
)
def test_what_cannot_go_out_is_refused_with_what_to_do(
    tmp_path: Path, given: Callable[[], bytes], said: str
) -> None:
    with pytest.raises(ContentRefused, match=said) as refused:
        clips.store(on_disk(tmp_path, given()), root=tmp_path)
    assert refused.value.mend
    assert not list((tmp_path / "blobs").glob("*/*"))
    assert {one.name for one in (tmp_path / "clips").glob("*")} <= {".one-at-a-time"}


def test_too_long_and_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "MAX_SECONDS", 2)
    with pytest.raises(ContentRefused, match="3 seconds long"):
        clips.store(on_disk(tmp_path, film(seconds=3.0, sound="")), root=tmp_path)
    monkeypatch.setattr(clips, "MAX_BYTES", 500)
    with pytest.raises(ContentRefused, match="MB"):
        clips.store(on_disk(tmp_path, film()), root=tmp_path)


def test_what_is_refused_by_its_size_is_not_read_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = on_disk(tmp_path, film())
    with path.open("r+b") as file:
        file.truncate(clips.MAX_BYTES + 1)
    monkeypatch.setattr(clips, "_source", None)
    for asked in (clips.found, clips.store):
        with pytest.raises(ContentRefused, match="The clip has 42 MB"):
            asked(path, root=tmp_path)


def test_a_pipe_a_device_and_a_folder_are_no_clips(tmp_path: Path) -> None:
    """One may be put in a clip's place between two looks at it."""
    os.mkfifo(tmp_path / "pipe.mp4")
    for path in (tmp_path / "pipe.mp4", tmp_path, Path("/dev/zero")):
        assert clips.mime_of(path) == ""
        for asked in (clips.found, clips.store):
            with pytest.raises(ContentRefused, match="no ordinary file"):
                asked(path, root=tmp_path)


def test_a_child_that_hangs_or_grows_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = (sys.executable, "-c", "import time\nwhile True: time.sleep(9)")
    monkeypatch.setattr(clip_work, "_COMMAND", endless)
    monkeypatch.setattr(clips, "widest", lambda *_: Bounds(work=1, clock=0, memory=900))
    with pytest.raises(ContentRefused, match="took too long"):
        clips.store(on_disk(tmp_path, film()), root=tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(clips, "widest", lambda *_: Bounds(work=9, clock=9, memory=60))  # too little to load it
    with pytest.raises(ContentRefused, match="damaged or too tangled"):
        clips.store(on_disk(tmp_path, film()), root=tmp_path)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"{}",
        b'{"width": "9", "height": 9, "milliseconds": 9}',
        b'{"width": true, "height": 9}',
        b"\xff",
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(said: bytes) -> None:
    with pytest.raises(ContentRefused):
        clip_work.figures(said)


def test_without_the_package_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = (
        "import sys; sys.modules['av'] = None; import runpy;"
        "runpy.run_module('bfbot.media.clip_child', run_name='__main__')"
    )
    monkeypatch.setattr(clip_work, "_COMMAND", (sys.executable, "-I", "-c", without))
    with pytest.raises(ContentRefused, match="not installed") as refused:
        clips.store(on_disk(tmp_path, film()), root=tmp_path)
    assert "make clips" in refused.value.mend


def test_broken_files_are_refused_and_never_crash(tmp_path: Path) -> None:
    """Bytes changed, cut out and doubled, from one seed: a clip comes of it, or a refusal in words."""
    chance, ended = random.Random(4), {"kept": 0, "refused": 0}
    for number, whole in enumerate([film(told=True), WEBM] * 4):
        broken = bytearray(whole)
        for _ in range(chance.choice([1, 8, 40])):
            at = chance.randrange(40, len(broken))
            if chance.random() < 0.7:
                broken[at] = chance.randrange(256)
            else:
                broken[at : at + chance.randrange(1, 90)] = bytes(chance.randrange(0, 90))
        try:
            clips.store(on_disk(tmp_path, bytes(broken), f"{number}.mp4"), root=tmp_path)
            ended["kept"] += 1
        except ContentRefused as refused:
            ended["refused"] += bool(refused.mend)
    assert sum(ended.values()) == 8
    assert ended["refused"] >= 3, ended


def test_captions_are_kept_beside_it_and_must_fit_its_length(taken: tuple[Path, clips.Clip, bytes]) -> None:
    folder, clip, _ = taken
    cues = read_captions(VTT)
    digest = clips.keep_captions(cues, clip, root=folder)
    made = clip.proof("A carer opens the door.", cues, (0.5, 0.2))
    assert blobs.read(digest, root=folder).startswith(b"WEBVTT\n\n00:00:00.000 --> 00:00:00.400\nGood morning.\n")
    assert (made.captions, made.spoken, made.focal) == (
        digest,
        "Good morning.\nCarer: We begin at eight.",
        (0.5, 0.2),
    )
    late = read_captions(VTT.replace(b"00:00.900", b"00:09.000"))
    with pytest.raises(ContentRefused, match="go on until 0:09"):
        clips.keep_captions(late, clip, root=folder)


def test_a_piece_of_a_blob_is_read_without_the_rest(taken: tuple[Path, clips.Clip, bytes]) -> None:
    folder, clip, kept = taken
    assert blobs.piece(clip.digest, 10, 20, root=folder) == (kept[10:30], len(kept))
    with pytest.raises(ContentRefused):
        blobs.piece("0" * 64, 0, 1, root=folder)


def test_the_library_for_films_stays_outside_of_bfbot(taken: tuple[Path, clips.Clip, bytes]) -> None:
    """A process that takes clips in, and looks at them, never loads it: the child does, and ends."""
    code = (
        "import sys; from pathlib import Path; from bfbot.media import clips, resolve; import bfbot.cli.main;"
        f"print(clips.remembered(Path({str(taken[0] / 'film.bin')!r}), root=Path({str(taken[0])!r})) is not None,"
        " 'av' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
    assert json.loads((taken[0] / "clips").glob("*.json").__next__().read_text()) == asdict(taken[1])
