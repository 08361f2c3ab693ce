"""The revision in use: made once, kept while nothing changes, never replaced by a faulty set."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bfbot.errors import ConfigurationError
from bfbot.ledger import revisions
from bfbot.ledger.models import Revision as Row
from bfbot.library import loading, parsing
from bfbot.library.loading import current_revision, last_faults, read_library
from tests.library.forms import MESSAGES, PLATFORMS, SCHEDULES, make, write
from tests.workspace import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(loading, "_platforms", None)
    loading._states.clear()
    yield
    loading._states.clear()


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were parsed, in order."""
    parsed: list[str] = []
    real = parsing.parse

    def note(source: Any) -> Any:
        parsed.append(source.name)
        return real(source)

    monkeypatch.setattr(parsing, "parse", note)
    return parsed


def current(home: Path) -> Any:
    return current_revision(NOW, home=home, platforms=PLATFORMS)


def test_a_revision_comes_back_from_the_ledger_as_it_was_read(tmp_path: Path) -> None:
    read, _ = read_library(make(tmp_path), now=NOW, platforms=PLATFORMS)
    kept = current(tmp_path)
    assert kept.number == 1
    again = revisions.numbered(1)
    assert again == kept == revisions.latest()
    assert read is not None
    for name in (
        "campaigns",
        "facts",
        "asks",
        "messages",
        "templates",
        "accounts",
        "feeds",
        "slots",
        "quiet_times",
    ):
        assert getattr(again, name) == getattr(read, name)
        assert list(getattr(again, name)) == list(getattr(read, name))
    assert str(again.facts["rise"].value) == "139"
    assert isinstance(again.slots["morning"].days, frozenset)


def test_nothing_is_parsed_again_while_the_files_stay(tmp_path: Path, readings: list[str]) -> None:
    first = current(make(tmp_path))
    assert len(readings) == 2
    assert current(tmp_path) is first
    loading._states.clear()  # another process
    assert current(tmp_path) == first
    assert len(readings) == 2
    assert Row.objects.count() == 1


def test_files_reload_without_a_restart(tmp_path: Path) -> None:
    before = current(make(tmp_path))
    write(tmp_path, "messages/all.yaml", MESSAGES.replace("in ten years.", "within ten years."))
    after = current(tmp_path)
    assert (before.number, after.number) == (1, 2)
    assert "within" in after.messages["ten-years"].text
    assert "within" not in revisions.numbered(1).messages["ten-years"].text


@pytest.mark.parametrize("settled", [-1, 10**12])
def test_a_change_of_the_same_size_and_date_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settled: int
) -> None:
    monkeypatch.setattr(loading, "_SETTLED", settled)
    current(make(tmp_path))
    path = tmp_path / "messages" / "all.yaml"
    times = path.stat()
    path.write_text(MESSAGES.replace("ten years", "six years"), encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert "six years" in current(tmp_path).messages["ten-years"].text


def test_settled_files_are_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_SETTLED", -1)
    current(make(tmp_path))
    monkeypatch.setattr(loading, "read_sources", lambda home: pytest.fail("the files were opened"))
    current(tmp_path)


def test_a_faulty_set_never_replaces_a_good_one(tmp_path: Path, readings: list[str]) -> None:
    good = current(make(tmp_path))
    assert last_faults(tmp_path) == ()
    write(tmp_path, "messages/all.yaml", MESSAGES.replace("kind: statistic", "kind: opinion"))
    assert current(tmp_path) == good
    assert [fault.message for fault in last_faults(tmp_path)] == ["“kind” has a value that is not known."]
    parsed = len(readings)
    assert current(tmp_path) == good
    assert len(readings) == parsed, "the same faulty set is not read over and over"
    loading._states.clear()
    assert current(tmp_path) == good
    assert last_faults(tmp_path)
    write(tmp_path, "messages/all.yaml", MESSAGES.replace("ten years", "one decade"))
    mended = current(tmp_path)
    assert (mended.number, last_faults(tmp_path)) == (2, ())


def test_a_faulty_set_that_is_taken_back_leaves_no_trace(tmp_path: Path) -> None:
    good = current(make(tmp_path))
    write(tmp_path, "schedules/all.yaml", "slots: [")
    assert current(tmp_path) == good
    write(tmp_path, "schedules/all.yaml", SCHEDULES)
    assert current(tmp_path) == good
    assert last_faults(tmp_path) == ()
    assert Row.objects.count() == 1


def test_warnings_do_not_keep_a_set_back(tmp_path: Path) -> None:
    make(tmp_path, messages=MESSAGES.replace("status: usable", "status: blocked"))
    assert current(tmp_path).number == 1


def test_an_unreadable_file_keeps_the_good_revision(tmp_path: Path) -> None:
    good = current(make(tmp_path))
    (tmp_path / "messages" / "all.yaml").unlink()
    (tmp_path / "messages" / "all.yaml").symlink_to(tmp_path / "nowhere")
    assert current(tmp_path) == good
    assert "is a link" in last_faults(tmp_path)[0].message


def test_a_picture_that_comes_later_than_its_text_mends_the_set(tmp_path: Path) -> None:
    good = current(make(tmp_path))
    write(tmp_path, "messages/all.yaml", MESSAGES.replace("pictures/one.png", "pictures/two.png"))
    assert current(tmp_path) == good
    (tmp_path / "messages" / "pictures" / "two.png").write_bytes(b"picture")
    assert current(tmp_path).number == 2


def test_a_first_set_with_faults_is_an_error_that_names_them(tmp_path: Path) -> None:
    make(tmp_path, messages=MESSAGES.replace("kind: statistic", "kind: opinion"))
    with pytest.raises(ConfigurationError) as refused:
        current(tmp_path)
    assert "messages/all.yaml:" in str(refused.value)
    assert "`bfbot check`" in str(refused.value)
    assert Row.objects.count() == 0


def test_folders_that_vanish_do_not_empty_the_desk(tmp_path: Path) -> None:
    good = current(make(tmp_path / "home"))
    (tmp_path / "home").rename(tmp_path / "away")
    (tmp_path / "home").mkdir()
    assert current(tmp_path / "home") == good
    assert "are gone" in last_faults(tmp_path / "home")[0].message
    (tmp_path / "home").rmdir()
    (tmp_path / "away").rename(tmp_path / "home")
    assert current(tmp_path / "home") == good
    assert last_faults(tmp_path / "home") == ()


def test_emptied_files_are_believed(tmp_path: Path) -> None:
    current(make(tmp_path))
    write(tmp_path, "messages/all.yaml", "")
    write(tmp_path, "schedules/all.yaml", "")
    assert current(tmp_path).messages == {}


def test_an_older_state_that_comes_back_is_a_new_revision(tmp_path: Path) -> None:
    first = current(make(tmp_path))
    write(tmp_path, "messages/all.yaml", MESSAGES.replace("ten years", "one decade"))
    current(tmp_path)
    write(tmp_path, "messages/all.yaml", MESSAGES)
    third = current(tmp_path)
    assert (third.number, third.digest) == (3, first.digest)


@pytest.mark.parametrize("settled", [-1, 10**12])
def test_a_database_restored_from_before_is_told_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settled: int
) -> None:
    monkeypatch.setattr(loading, "_SETTLED", settled)
    current(make(tmp_path))
    Row.objects.all().delete()
    assert current(tmp_path).number == 1
    assert Row.objects.count() == 1


def test_two_machines_with_different_files_do_not_make_revisions_in_turn(tmp_path: Path) -> None:
    mine = current(make(tmp_path / "one"))
    other = current(make(tmp_path / "two", messages=MESSAGES.replace("ten years", "one decade")))
    for _ in range(3):
        assert current(tmp_path / "one") == mine
        assert current(tmp_path / "two") == other
    assert Row.objects.count() == 2


def test_storing_what_is_the_latest_already_makes_nothing_new(tmp_path: Path) -> None:
    revision, _ = read_library(make(tmp_path), now=NOW)
    assert revision is not None
    assert revisions.store(revision).number == revisions.store(revision).number == 1


def test_a_number_taken_in_between_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revision, _ = read_library(make(tmp_path), now=NOW)
    assert revision is not None
    revisions.store(revision)
    real, answers = revisions.newest, [None]  # the first look is from before the other process stored
    monkeypatch.setattr(revisions, "newest", lambda: answers.pop() if answers else real())
    assert revisions.store(revision).number == 1
    assert Row.objects.count() == 1


def test_a_number_that_is_not_there_is_a_clear_error() -> None:
    with pytest.raises(ConfigurationError, match="no revision 7"):
        revisions.numbered(7)
    assert revisions.latest() is None


@pytest.mark.django_db(transaction=True)
def test_threads_that_look_at_once_make_one_revision(tmp_path: Path, readings: list[str]) -> None:
    from django.db import connection

    make(tmp_path)
    found: list[int] = []

    def look() -> None:
        found.append(current(tmp_path).number)
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [1] * 6
    assert len(readings) == 2


def test_who_has_a_revision_does_not_wait_for_the_reader_of_the_next(tmp_path: Path) -> None:
    good = current(make(tmp_path))
    write(tmp_path, "messages/all.yaml", MESSAGES.replace("ten years", "one decade"))
    with loading._lock:  # another thread reads just now
        assert current(tmp_path) == good
    assert current(tmp_path).number == 2


def test_networks_once_told_are_checked_by_whoever_looks(tmp_path: Path) -> None:
    good = current(make(tmp_path))
    write(tmp_path, "schedules/all.yaml", SCHEDULES.replace("platform: rehearsal", "platform: pigeon"))
    assert current_revision(NOW, home=tmp_path) == good
    assert "no network “pigeon”" in last_faults(tmp_path)[0].message


def test_the_moment_is_kept_with_the_revision(tmp_path: Path) -> None:
    assert current_revision(NOW + timedelta(hours=1), home=make(tmp_path)).made_at == NOW + timedelta(hours=1)
