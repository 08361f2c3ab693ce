"""What names a post as it was shown: `12:3f9a1c2b77d0`, and `12:3f9a1c2b77d0:5d41402abc4b` where it had a claim.

The number; the beginning of its seal; and, joined by commas, what names each claim that was to be confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bfbot.errors import ContentRefused, UsageError

ENOUGH = 12
"""So many signs of a seal tell it apart from any other."""
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Named:
    """`seal` may be the beginning of one."""

    number: int
    seal: str
    claims: frozenset[str] = frozenset()


def as_shown(post_id: int, seal: str, claims: Iterable[str] = ()) -> str:
    return ":".join(filter(None, (str(post_id), seal[:ENOUGH], ",".join(claims))))


def named(text: str) -> Named:
    """Raises UsageError for what names no post as it was shown; a number alone does not."""
    number, _, rest = text.strip().partition(":")
    seal, colon, claims = rest.partition(":")
    each = claims.split(",") if colon else []
    good = is_number(number) and len(seal) >= 8 and not set(seal) - _HEX
    if not good or any(not one or set(one) - _HEX for one in each):
        raise UsageError(
            f"“{text}” does not name a post as it was shown.",
            mend="Write it as `bfbot queue week` or `bfbot queue show` does: 12:3f9a1c2b77d0",
        )
    return Named(int(number), seal, frozenset(each))


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def whole_seal(post_id: int, beginning: str) -> str:
    """The post's seal now where it begins like this; the approval itself asks whether it still is that."""
    from bfbot.desk.binding import seal_of
    from bfbot.ledger import posts

    try:
        seal = seal_of(posts.get(post_id))
    except ContentRefused:  # there is no such post: the approval says so
        return beginning
    return seal if seal.startswith(beginning) else beginning
