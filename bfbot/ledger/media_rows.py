"""The pictures of a post as its row keeps them, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from bfbot.domain.message import MediaUse
from bfbot.domain.picture import People, Rights


def as_rows(media: Iterable[MediaUse]) -> list[dict[str, Any]]:
    """What JSON can hold: dates as 2027-12-31."""
    return [_row(one) for one in media]


def from_rows(rows: Iterable[dict[str, Any]]) -> tuple[MediaUse, ...]:
    """The inverse; rows from before rights were kept with an upload have none."""
    return tuple(MediaUse(**one) if not one.get("rights") else _with_rights(one) for one in rows)


def _row(one: MediaUse) -> dict[str, Any]:
    row = asdict(one)
    if one.rights is None:
        del row["rights"]
    elif one.rights.expires is not None:
        row["rights"]["expires"] = one.rights.expires.isoformat()
    return row


def _with_rights(row: dict[str, Any]) -> MediaUse:
    kept = row["rights"]
    rights = Rights(
        people=People(kept["people"]) if kept["people"] else None,
        credit=kept["credit"],
        licence=kept["licence"],
        owner=kept["owner"],
        expires=date.fromisoformat(kept["expires"]) if kept["expires"] else None,
        consent=kept["consent"],
    )
    return MediaUse(**{**row, "rights": rights})
