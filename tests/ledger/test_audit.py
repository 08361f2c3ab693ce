"""The audit: one chain whoever writes, no entry changed or gone unseen, and a database that refuses both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from bfbot.errors import ContentRefused
from bfbot.ledger import audit, models
from tests.desk.steps import at_once
from tests.filed import database_in
from tests.ledger.guard import put_back, take_away
from tests.workspace import NOW

FIVE = 5


def _five() -> None:
    for number in range(FIVE):
        audit.record("Ada", "written", f"post:{number}", NOW, {"text": f"Number {number} “é”", "n": number})


@pytest.mark.django_db
def test_a_whole_chain_has_no_breaks() -> None:
    _five()
    assert list(audit.breaks()) == []
    assert [one.subject for one in audit.entries(most=2)] == ["post:4", "post:3"]
    assert [one.number for one in audit.entries("post:2")] == [3]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"actor": "Eve"},
        {"detail": {"text": "Something else"}},
        {"subject": "post:99"},
        {"at": NOW.replace(hour=1)},
        {"os_user": "eve"},
        {"action": "approved"},
    ],
)
def test_a_changed_entry_shows(change: dict[str, object]) -> None:
    _five()
    models.AuditEntry.objects.filter(number=3).update(**change)
    assert list(audit.breaks()) == [3]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_a_missing_entry_shows(number: int) -> None:
    _five()
    models.AuditEntry.objects.filter(number=number).delete()
    assert list(audit.breaks()) == [number + 1]


@pytest.mark.django_db
def test_an_entry_written_anew_shows_in_the_next() -> None:
    """Whoever knows how hashes are made can mend the one, and not what follows from it."""
    _five()
    entry = models.AuditEntry.objects.get(number=3)
    entry.actor = "Eve"
    entry.hash = audit._hash(entry)
    entry.save()
    assert list(audit.breaks()) == [4]


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_make_one_chain(tmp_path: Path) -> None:
    with database_in(tmp_path):
        assert at_once(*[_five] * 4) == []
        assert models.AuditEntry.objects.count() == 4 * FIVE
        assert list(audit.breaks()) == []


@pytest.mark.django_db
def test_a_decision_that_fails_leaves_no_entry() -> None:
    def decide() -> None:
        with transaction.atomic():
            audit.record("Ada", "written", "post:1", NOW)
            raise ContentRefused("Something else went wrong.")

    with pytest.raises(ContentRefused):
        decide()
    _five()
    assert list(audit.breaks()) == []


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_delete_an_entry() -> None:
    _five()
    with _guarded():
        for act in (
            lambda: models.AuditEntry.objects.filter(number=2).update(actor="Eve"),
            lambda: models.AuditEntry.objects.filter(number=2).delete(),
        ):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                act()
        audit.record("Ada", "written", "post:6", NOW)
    assert list(audit.breaks()) == []


@contextmanager
def _guarded() -> Iterator[None]:
    put_back()
    try:
        yield
    finally:
        take_away()
