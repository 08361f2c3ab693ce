"""The numbered revisions of the team's files: added, never changed. Gives and takes the domain's Revision."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction

from bfbot.domain import revision as words
from bfbot.errors import ConfigurationError
from bfbot.ledger import going_live
from bfbot.ledger.models import Revision

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_APART = {"number", "digest", "made_at"}  # columns of their own


def newest() -> tuple[int, str] | None:
    """Number and digest of the latest revision, without reading what it says."""
    return Revision.objects.order_by("-number").values_list("number", "digest").first()


def latest() -> words.Revision | None:
    """The latest revision; None where none was ever stored."""
    row = Revision.objects.order_by("-number").first()
    return _read(row) if row else None


def numbered(number: int) -> words.Revision:
    """The revision that a post names. Raises ConfigurationError where the ledger has none of that number."""
    row = Revision.objects.filter(number=number).first()
    if row is None:
        raise ConfigurationError(
            f"The database has no revision {number} of the team's files.", mend="Restore it from a backup."
        )
    return _read(row)


def has(number: int, digest: str) -> bool:
    """Whether the ledger holds this very revision."""
    with connection.cursor() as cursor:  # asked at every turn: Django takes ten times as long to put the question
        cursor.execute("SELECT 1 FROM ledger_revision WHERE number = %s AND digest = %s", [number, digest])
        return cursor.fetchone() is not None


def store(revision: words.Revision) -> words.Revision:
    """Keep it under the next number. The latest one again, where it says the same: two processes may both read.

    Two that store at once are told apart by the number, which is unique: the later one looks again.
    """
    content = _adapter().dump_python(revision, mode="json", exclude=_APART)
    while True:
        known = newest()
        if known and known[1] == revision.digest:
            return numbered(known[0])
        number = known[0] + 1 if known else 1
        try:
            with transaction.atomic():
                Revision.objects.create(
                    number=number, digest=revision.digest, made_at=revision.made_at, content=content
                )
                going_live.see(revision.accounts, revision.made_at)
        except IntegrityError:
            if newest() == known:
                raise
        else:
            return replace(revision, number=number)


def _read(row: Revision) -> words.Revision:
    content: dict[str, Any] = row.content
    return _adapter().validate_python(
        {**content, "number": row.number, "digest": row.digest, "made_at": row.made_at}
    )


@cache
def _adapter() -> TypeAdapter[words.Revision]:
    from pydantic import TypeAdapter  # only when a revision is first read or written

    return TypeAdapter(words.Revision)
