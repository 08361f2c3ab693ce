"""The library: what the team may say and when, read from messages/ and schedules/, checked, kept as revisions.

    current_revision(now, *, platforms=None) -> Revision    the state in use; reads changed files first
    last_faults() -> tuple[Fault, ...]                      why the files as they are now are not in use
    check(home, now, platforms=None) -> list[Fault]         every fault and warning; stores nothing
    read_library(home, *, now, platforms=None)              what the files say, and their faults; stores nothing
    json_schema() -> dict                                   for editors

The way of a file: reading (bytes) -> parsing (YAML with lines) -> forms (schema, fields) -> checking and content
(do they fit, can it be said) -> building (the domain's words) -> loading (revision in the ledger).
`platforms` maps each network's name to the names of its secrets; None leaves networks unchecked, for this
floor knows none.
"""

from __future__ import annotations

from typing import Any

from bfbot.library.loading import check, current_revision, last_faults, read_library

__all__ = ["check", "current_revision", "json_schema", "last_faults", "read_library"]


def json_schema() -> dict[str, Any]:
    """JSON Schema of the team's files, for editors."""
    from bfbot.library import schema  # pydantic: heavy, and seldom needed

    return schema.json_schema()
