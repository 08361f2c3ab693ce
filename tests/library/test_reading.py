"""Files as they should not be: each is one clear fault, and the others are read all the same."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bfbot.library import check, read_library
from bfbot.library.reading import digest, fingerprint, read_sources
from tests.library.forms import make, write
from tests.workspace import NOW


def told(home: Path) -> list[str]:
    return [str(fault) for fault in check(home, NOW) if fault.level == "error"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"slots:\n  - id: \xff\n", ":2: A character is not UTF-8. Save the file as UTF-8."),
        (b"slots:\n\t- id: a\n", ":2: A tab stands where spaces should."),
        (b"slots: \x07\n", ":1: The character with the code 7 is not allowed."),
        (b"slots:\n  - id: a: b\n", ":2: A colon stands inside a text. Put the text in quotes."),
        (b"slots: [\n", ":2: This is not YAML"),
        (b"slots: 'x\n", ":2: A quote or a bracket does not close."),
        (b"slots:\n - *nothing\n", ":2: An alias (*) names nothing before it."),
        (b"slots: []\nslots: []\n", ":2: “slots” stands here twice."),
        (b"slots: []\n---\nfeeds: []\n", ":2: A line of three hyphens begins a second document."),
        (b"slots: !!python/object:os.system ls\n", ":1: A tag (!) stands here"),
        (b"slots: !secret ls\n", ":1: A tag (!) stands here"),
        (b"? [a]\n: b\n", ":1: A list or a group stands where a key should."),
        (b"slots: &a [*a]\n", ":1: Things are nested too deep here."),
        (b"slots: " + b"[" * 3000, ":1: The file cannot be read as YAML."),
        (b"just a text", ":1: The file does not begin with a key."),
        (b"slots: {id: a}\n", "“slots” is no list."),
        (b"slots: [a]\n", ":1: This is no slot."),
        (b"slotz: []\n", "“slotz” is no list of schedules/. Did you mean “slots”?"),
        (b"facts: []\n", "“facts” is no list of schedules/. Move it to a file of messages/."),
    ],
)
def test_a_broken_file_is_one_fault_with_its_line(tmp_path: Path, data: bytes, fault: str) -> None:
    make(tmp_path)
    (tmp_path / "schedules" / "broken.yaml").write_bytes(data)
    (only,) = told(tmp_path)
    assert only.startswith("schedules/broken.yaml:")
    assert fault in only


def test_a_bomb_of_aliases_is_refused_at_once(tmp_path: Path) -> None:
    make(tmp_path)
    bomb = "a: &a0 [x,x,x,x,x,x,x,x,x]\n"
    bomb += "".join(f"b{n}: &a{n + 1} [{','.join([f'*a{n}'] * 9)}]\n" for n in range(9))
    write(tmp_path, "messages/bomb.yaml", bomb)
    started = time.process_time()
    (only,) = told(tmp_path)
    assert "stand for too much" in only
    assert time.process_time() - started < 5


def test_links_pipes_and_large_files_are_refused(tmp_path: Path) -> None:
    make(tmp_path)
    outside = tmp_path / "outside"
    outside.write_text("slots: [secret]")
    (tmp_path / "schedules" / "link.yaml").symlink_to(outside)
    os.mkfifo(tmp_path / "schedules" / "pipe.yaml")
    (tmp_path / "schedules" / "folder.yaml").mkdir()
    (tmp_path / "messages" / "large.yaml").write_bytes(b"# " + b"x" * 1_000_000)
    faults = told(tmp_path)
    assert [one.partition(":")[0] for one in faults] == [
        "messages/large.yaml",
        "schedules/folder.yaml",
        "schedules/link.yaml",
        "schedules/pipe.yaml",
    ]
    assert "larger than" in faults[0]
    assert "is not a file" in faults[1]
    assert "is a link" in faults[2]
    assert "is not a file" in faults[3]


def test_a_file_that_the_disk_refuses_is_one_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path)
    real = os.open

    def refuse(path: os.PathLike[str], *rest: int) -> int:
        if str(path).endswith("messages/all.yaml"):
            raise OSError(5, "Input/output error")
        return real(path, *rest)

    monkeypatch.setattr(os, "open", refuse)
    sources, faults = read_sources(tmp_path)
    assert [source.name for source in sources] == ["schedules/all.yaml"]
    assert str(faults[0]).startswith("messages/all.yaml:1: The file cannot be read: Input/output error.")


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "messages:\n", "messages: []\n", "\ufeffmessages: []\n", "---\n"]
)
def test_an_empty_file_is_an_empty_list(tmp_path: Path, text: str) -> None:
    make(tmp_path, messages=text, schedules="")
    revision, faults = read_library(tmp_path, now=NOW)
    assert not faults
    assert revision is not None
    assert not revision.messages


def test_no_files_at_all_are_empty_lists(tmp_path: Path) -> None:
    revision, faults = read_library(tmp_path, now=NOW)
    assert not faults
    assert revision is not None
    assert not revision.campaigns


def test_an_editors_own_files_are_left_out(tmp_path: Path) -> None:
    make(tmp_path)
    before = digest(read_sources(tmp_path)[0])
    (tmp_path / "messages" / ".#all.yaml").symlink_to("somebody@example.1234")
    write(tmp_path, "messages/all.yaml~", "not: [read")
    write(tmp_path, "messages/README.md", "not: [read")
    assert digest(read_sources(tmp_path)[0]) == before


def test_the_digest_tells_names_and_bytes_apart(tmp_path: Path) -> None:
    make(tmp_path)
    seen = {digest(read_sources(tmp_path)[0])}
    (tmp_path / "messages" / "all.yaml").rename(tmp_path / "messages" / "other.yaml")
    seen.add(digest(read_sources(tmp_path)[0]))
    write(tmp_path, "messages/other.yaml", "")
    seen.add(digest(read_sources(tmp_path)[0]))
    assert len(seen) == 3


def test_the_fingerprint_moves_with_every_file(tmp_path: Path) -> None:
    seen = {fingerprint(tmp_path)}
    make(tmp_path)
    seen.add(fingerprint(tmp_path))
    (tmp_path / "messages" / "pictures" / "one.png").write_bytes(b"another picture")
    seen.add(fingerprint(tmp_path))
    write(tmp_path, "messages/new.yaml", "")
    seen.add(fingerprint(tmp_path))
    assert len(seen) == 4
