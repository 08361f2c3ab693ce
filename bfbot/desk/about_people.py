"""What the rules need to know of people: the names that may not stand beside them, the words they agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bfbot.domain.message import Kind
from bfbot.domain.names import NO_NAMES
from bfbot.domain.post import Post
from bfbot.ledger import quote_sign_offs
from bfbot.ledger.names import listed_names
from bfbot.rules.base import Case
from bfbot.rules.quotes import quoted


def with_people(case: Case) -> Case:
    """The case with both, where its post is about people or quotes somebody; as it is for all others."""
    names = listed_names() if _about_people(case) else NO_NAMES
    words = {one.digest for _, one in quoted(case)}
    signed = quote_sign_offs.signed(words)
    return replace(case, names=names, quotes_signed=signed) if names != NO_NAMES or signed else case


def with_people_many(cases: Sequence[Case]) -> list[Case]:
    """The same for many, with one look at the list and one at what was agreed to."""
    names = listed_names() if any(_about_people(one) for one in cases) else NO_NAMES
    said = [frozenset(each.digest for _, each in quoted(one)) for one in cases]
    signed = quote_sign_offs.signed(frozenset[str]().union(*said))
    return [
        replace(
            case,
            names=names if _about_people(case) else NO_NAMES,
            quotes_signed=frozenset(one for one in signed if one[1] in words),
        )
        for case, words in zip(cases, said, strict=True)
    ]


def _about_people(case: Case) -> bool:
    return _has_pictures(case.post) or case.post.kind == Kind.CASE_STUDY or _tells(case)


def _has_pictures(post: Post) -> bool:
    return any(one.card is None for one in post.wording.media)


def _tells(case: Case) -> bool:
    message = case.message
    return message is not None and bool(message.people or message.consent or message.kind is Kind.CASE_STUDY)
