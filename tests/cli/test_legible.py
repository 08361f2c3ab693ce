"""A terminal obeys nothing that a post's text holds, and a script still reads what is there."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.desk import AUTHOR, BFBOT, PATIENCE, Desk, new_desk

pytestmark = pytest.mark.slow

HOSTILE = "Kind words.\x1b[2J\x1b]0;taken over\x07 \u202eyadot\x9b31m"
SHOWN = "Kind words.<U+001B>[2J<U+001B>]0;taken over<U+0007> <U+202E>yadot<U+009B>31m"


def on_a_terminal(desk: Desk, *words: object) -> str:
    """What the command writes to a terminal, escapes and all."""
    ours, theirs = pty.openpty()
    try:
        command = [str(BFBOT), *map(str, words)]
        home = desk.home if desk.home.is_dir() else None
        process = subprocess.Popen(
            command, env=desk.environment({}), cwd=home, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        read = bytearray()
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # so ends a terminal whose last writer has gone
                break
            if not piece:
                break
            read += piece
        assert process.wait(PATIENCE) == 0, read
        return read.decode()
    finally:
        os.close(ours)


def test_what_nobody_sees_is_named_on_a_terminal_and_whole_in_json(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "desk")
    words = ("--campaign", "bright-futures", "--account", "practice-lga", "--author", AUTHOR)
    made = desk.json("queue", "add", *words, "--text", HOSTILE, "--draft")
    assert made["text"] == HOSTILE
    shown = on_a_terminal(desk, "queue", "show", made["id"])
    assert SHOWN in shown
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)
    as_json = on_a_terminal(desk, "queue", "show", made["id"], "--json")
    assert json.loads(as_json)["text"] == HOSTILE
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(as_json)
    table = on_a_terminal(desk, "queue", "list")
    assert "\x1b[2J" not in table
    assert "\u202e" not in table
