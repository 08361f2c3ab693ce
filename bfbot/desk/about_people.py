"""What the rules need to know of people: the names that may not stand beside them, the words they agreed to."""

from __future__ import annotations

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


def _about_people(case: Case) -> bool:
    return _has_pictures(case.post) or case.post.kind == Kind.CASE_STUDY or _tells(case)


def _has_pictures(post: Post) -> bool:
    return any(one.card is None for one in post.wording.media)


def _tells(case: Case) -> bool:
    message = case.message
    return message is not None and bool(message.people or message.consent or message.kind is Kind.CASE_STUDY)
