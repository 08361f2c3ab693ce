"""Clips at the terminal: listed with their rights, shown with what they say, added from the library."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.db import connection

from bfbot.cli import clip_progress
from bfbot.cli.media import media
from bfbot.cli.queue_writing import add
from bfbot.cli.reading import print_whole
from bfbot.config import config
from bfbot.desk.clips_ahead import prepare_library
from bfbot.domain.states import PostState
from bfbot.errors import UsageError
from bfbot.ledger import posts
from bfbot.library import current_revision
from bfbot.media import clips
from tests.media.films import VTT, film
from tests.workspace import AUTHOR, BRIGHT, NOW, PRACTICE, change, clear, small_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    """With a clip in the library; a command sets up logging for its process, which is undone here."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    home = small_workspace(config().home)
    (home / "messages" / "clips").mkdir()
    (home / "messages" / "clips" / "talk.mp4").write_bytes(film(size=(80, 40)))
    (home / "messages" / "clips" / "talk.vtt").write_bytes(VTT)
    change(
        home,
        "pictures:\n",
        "pictures:\n  - {id: talk, file: clips/talk.mp4, captions: clips/talk.vtt, people: none,\n"
        "     credit: The council, licence: ours, owner: The council, expires: never}\n",
    )
    current_revision(NOW)
    yield home
    root.handlers[:] = handlers
    root.setLevel(level)
    clear(config().home)


def told(command: click.Command, *words: object) -> str:
    done = CliRunner().invoke(command, [str(one) for one in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def added(path: Path) -> int:
    words = ("--campaign", BRIGHT, "--account", PRACTICE, "--text", "Come in.", "--author", AUTHOR, "--json")
    return int(json.loads(told(add, *words, "--media", path, "--alt", "Two carers talk"))["id"])


def test_a_clip_is_added_from_the_library_listed_and_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kinds = {one["id"]: one["kind"] for one in json.loads(told(media, "list", "--json"))}
    assert kinds == {"talk": "clip", "park": "picture"}
    assert "talk: clip, clips/talk.mp4" in told(media, "show", "talk")
    post = posts.get(added(home / "messages" / "clips" / "talk.mp4"))
    assert post.wording.media[0].file == "clips/talk.mp4"
    shown = told(media, "show", "talk")
    assert "talk: clip 0:01, clips/talk.mp4, people: none" in shown
    assert "captions: clips/talk.vtt (in a file, not in the picture)" in shown
    assert f"waits: post {post.id}" in shown
    (one,) = [one for one in json.loads(told(media, "list", "--json")) if one["id"] == "talk"]
    assert (one["captions_in_picture"], [each["post"] for each in one["waiting"]]) == (False, [post.id])
    print_whole(post, current_revision(NOW), NOW)
    printed = capsys.readouterr().out
    assert "[clip, 0:01: Two carers talk]\n[captions: Good morning.]\n[captions: Carer: We begin" in printed


def test_a_clip_that_nobody_listed_is_refused_with_the_way(home: Path, tmp_path: Path) -> None:
    stray = tmp_path / "talk.png"
    stray.write_bytes(film(size=(80, 40)))
    with pytest.raises(UsageError, match="not one of the library's") as refused:
        added(stray)
    assert "messages/media.yaml" in refused.value.mend


def test_a_command_shows_how_far_a_clip_is(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And waits, with nothing held: what it wrote is a draft meanwhile, as another process can see."""
    path = home / "messages" / "clips" / "talk.mp4"
    path.write_bytes(film(size=(62, 40)))
    steps, real, depth = [0, 40, 80], clip_progress._done, len(connection.savepoint_ids)
    held: list[bool] = []

    def slowly(one: Path) -> int | None:
        held.append(len(connection.savepoint_ids) > depth)
        assert [post.state for post in posts.listing()] == [PostState.DRAFT]
        return steps.pop(0) if steps else real(one)

    monkeypatch.setattr(clip_progress, "_done", slowly)
    monkeypatch.setattr(clip_progress, "LOOKS_AGAIN", 0.001)
    words = ("--campaign", BRIGHT, "--account", PRACTICE, "--text", "Come in.", "--author", AUTHOR, "--json")
    done = CliRunner().invoke(add, [*words, "--media", str(path), "--alt", "Two carers talk"])
    assert done.exit_code == 0, done.output
    assert "Preparing talk.mp4" in done.stderr
    assert json.loads(done.stdout)["state"] == "in_review"
    assert len(held) >= 4
    assert not any(held)


def test_after_one_pass_the_library_s_clips_are_there(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`bfbot once` ends when they are: the next call, a minute later, would begin them again."""
    path = home / "messages" / "clips" / "talk.mp4"
    path.write_bytes(film(size=(58, 40)))
    prepare_library(NOW)
    clip_progress.show_library()
    found = clips.remembered(path)
    assert found is not None
    assert found.width == 58
