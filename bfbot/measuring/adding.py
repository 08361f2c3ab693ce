"""From the figures of a post's parts to those of the post. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields

from bfbot.domain.snapshot import PostFigures

ADDITIVE = tuple(field.name for field in fields(PostFigures) if field.name != "reach")


def whole_post(remote_ids: Sequence[str], figures: Mapping[str, PostFigures]) -> PostFigures | None:
    """The post's figures, None when the network knows none of its parts.

    A measure that is unknown for one part is unknown for the post: a sum over some parts would be too small.
    Reach is kept for a post of one part and never added, because the same people read the next part.
    """
    parts = [figures.get(one, PostFigures()) for one in remote_ids]
    if not any(one in figures for one in remote_ids):
        return None
    if len(parts) == 1:
        return parts[0]
    return PostFigures(**{name: _sum([getattr(part, name) for part in parts]) for name in ADDITIVE})


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
