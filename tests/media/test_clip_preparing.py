"""Clips are prepared beside everything else: nobody waits unasked, one at a time, and a kill loses nothing."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bfbot.errors import ConfigurationError, ContentRefused
from bfbot.media import clip_preparing, clip_work, clips
from bfbot.media.clip_child import __main__ as clip_main
from bfbot.media.clip_child.__main__ import Steps, no_room
from bfbot.media.clip_child.bounds import NO_ROOM, bits_a_second, bounds, widest
from bfbot.media.clip_preparing import BeingPrepared, ready, wait
from tests.media.films import film, on_disk

SLOW = "import os, sys, time; os.write(1, b'.' * 40)\nwhile not os.path.exists({flag!r}): time.sleep(0.02)"


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A child that has done forty per cent and goes on when this file is there; then it says nothing more."""
    flag = tmp_path / "go on"
    monkeypatch.setattr(clip_work, "_COMMAND", (sys.executable, "-I", "-c", SLOW.format(flag=str(flag))))
    yield flag
    flag.touch()
    clip_preparing.finish()


def asked(path: Path, root: Path, text: str) -> BeingPrepared:
    """Until the answer says this."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with pytest.raises(BeingPrepared) as told:
            ready(path, root=root)
        if text in str(told.value):
            return told.value
        time.sleep(0.02)
    raise AssertionError(f"{text} is not in {told.value}")


def test_who_asks_is_told_at_once_how_far_it_is(
    tmp_path: Path, slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = on_disk(tmp_path, film(), "talk.mp4"), on_disk(tmp_path, film(sound=""), "walk.mp4")
    with monkeypatch.context() as nobody_waits:
        nobody_waits.setattr(clip_preparing, "time", None)
        with pytest.raises(BeingPrepared):
            ready(first, root=tmp_path)
    told = asked(first, tmp_path, "40 per cent done")
    assert (told.done, told.message) == (40, "The clip talk.mp4 is being prepared: 40 per cent done.")
    assert "Try again in a minute" in told.mend
    assert asked(second, tmp_path, "others come before it").done == 0
    with pytest.raises(BeingPrepared):
        wait(first, 0.1, root=tmp_path)
    assert clip_work.done(tmp_path / "clips") == 40  # another process sees it, too


def test_it_is_there_after_a_while_and_then_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = on_disk(tmp_path, film())
    clip = wait(path, 60, root=tmp_path)
    monkeypatch.setattr(clip_work.subprocess, "Popen", None)
    assert ready(path, root=tmp_path) == wait(path, 0, root=tmp_path) == clip


def test_what_is_wrong_with_it_is_told_and_not_tried_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = on_disk(tmp_path, film()[:-200])
    with pytest.raises(ContentRefused, match="damaged or cut short"):
        wait(path, 60, root=tmp_path)
    monkeypatch.setattr(clip_work, "_COMMAND", ("/bin/false",))
    with pytest.raises(ContentRefused, match="damaged or cut short"):
        ready(path, root=tmp_path)
    died = on_disk(tmp_path, film(size=(32, 32)), "died.mp4")  # of memory or time: perhaps not the clip's fault
    with pytest.raises(ContentRefused, match="too tangled"):
        wait(died, 60, root=tmp_path)
    monkeypatch.undo()
    with pytest.raises(ContentRefused, match="too tangled"):
        ready(died, root=tmp_path)  # not at each look,
    monkeypatch.setattr(clips.time, "monotonic", lambda real=time.monotonic: real() + clips._AGAIN)
    assert wait(died, 60, root=tmp_path).width == 32  # but after a while


def test_a_disk_that_takes_nothing_is_told_with_its_mend(tmp_path: Path) -> None:
    (tmp_path / "clips").write_bytes(b"")  # a file where the folder should be
    with pytest.raises(ConfigurationError, match="could not be prepared") as refused:
        wait(on_disk(tmp_path, film()), 60, root=tmp_path)
    assert "Make room" in refused.value.mend


def test_a_full_disk_is_no_fault_of_the_clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = on_disk(tmp_path, film())
    monkeypatch.setattr(clip_work, "_COMMAND", (sys.executable, "-I", "-c", f"raise SystemExit({NO_ROOM})"))
    with pytest.raises(ConfigurationError, match="No space left") as refused:
        clips.store(path, root=tmp_path)
    assert "Make room" in refused.value.mend
    monkeypatch.undo()
    assert clips.store(path, root=tmp_path).width == 64, "it is tried again once somebody asks for it"


def test_the_child_tells_a_full_disk_from_a_broken_clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert no_room(OSError(errno.ENOSPC, "full"), tmp_path)
    monkeypatch.setattr(clip_main, "LITTLE", 1)
    assert not no_room(ValueError("a field out of all bounds"), tmp_path)
    monkeypatch.setattr(clip_main, "LITTLE", 1 << 62)
    assert no_room(ValueError("whatever the library calls it"), tmp_path)


def test_one_child_at_a_time_in_whichever_process(tmp_path: Path) -> None:
    inside: list[int] = []

    def work() -> None:
        with clip_work.at_work(tmp_path, lambda _: None):
            inside.append(1)
            assert sum(inside) == 1
            time.sleep(0.02)
            inside.append(-1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (sum(inside), len(inside)) == (0, 8)
    waits = "from bfbot.media.clip_work import at_work; from pathlib import Path; import sys\n"
    waits += "with at_work(Path(sys.argv[1]), lambda done: (print(done, flush=True), sys.exit(7))): pass"
    with clip_work.at_work(tmp_path, lambda _: None) as folder:
        (folder / "said").write_bytes(b"." * 33)
        other = subprocess.run([sys.executable, "-c", waits, str(tmp_path)], capture_output=True, text=True)
    assert (other.returncode, other.stdout) == (7, "33\n")


def test_a_kill_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    """The child ends when nobody waits for it; the next who asks clears away what was left, and begins again."""
    path = on_disk(tmp_path, film(size=(640, 360), seconds=4.0))
    code = "from bfbot.media import clips; from pathlib import Path; import sys\n"
    code += "clips.store(Path(sys.argv[1]), root=Path(sys.argv[2]))"
    killed = subprocess.Popen([sys.executable, "-c", code, str(path), str(tmp_path)])
    folder = tmp_path / "clips"
    while not clip_work.done(folder):  # its first per cent
        assert killed.poll() is None
        time.sleep(0.005)
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    [child] = [int(one.split()[0]) for one in listed.splitlines() if int(one.split()[1]) == killed.pid]
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert len(list(folder.glob(".new-*"))) == 1
    assert not list(folder.glob("*.json"))
    clip = clips.store(path, root=tmp_path)
    assert (clip.width, clip.milliseconds) == (640, 4000)
    assert not list(folder.glob(".new-*"))
    ends = time.monotonic() + 60
    while _lives(child):
        assert time.monotonic() < ends, "the child goes on, and nobody waits for it"
        time.sleep(0.02)


def test_a_child_that_nobody_waits_for_ends_at_its_next_picture(capfd: pytest.CaptureFixture[str]) -> None:
    mine = Steps(os.getppid())
    mine(2)
    mine(2)
    mine(5)
    assert capfd.readouterr().out == "....."
    with pytest.raises(SystemExit):
        Steps(os.getpid())(6)  # a parent that is not there any more
    assert capfd.readouterr().out == ""


def _lives(number: int) -> bool:
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
    return bool(said.stdout.strip()) and not said.stdout.startswith("Z")


def test_a_clip_may_take_what_its_length_and_size_ask_for() -> None:
    hd = 1920 * 1080
    minute, three, small = bounds(60 * 30, 60, hd), bounds(180 * 30, 180, hd), bounds(10, 1, 64 * 48)
    assert (minute.work, three.work, small.work) == (265, 755, 20)
    assert (minute.clock, minute.memory > 2 * small.memory) == (3 * minute.work, True)
    most = widest(600, 1920 * 1200)
    assert all(most.work >= one.work and most.memory >= one.memory for one in (minute, three, small))
    for seconds in (1, 60, 180, 600):
        assert (bits_a_second(seconds, 40_000_000) + 140_000) * seconds / 8 < 40_000_000
    assert bits_a_second(10, 40_000_000) == 8_000_000
