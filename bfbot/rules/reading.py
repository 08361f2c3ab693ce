"""How the rules read a case: which text, on which account, on which day, with no hiding place in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from bfbot.domain.fact import Fact
from bfbot.domain.finding import Moment
from bfbot.domain.localtime import local
from bfbot.domain.post import Delivery
from bfbot.domain.proof import MediaProof
from bfbot.domain.wording import fact_ids
from bfbot.rules.base import Case, once_per_case, worked_out_once

CONTENT = frozenset(Moment)
"""Rules about what a post says are asked at all three moments, at send with the newest statistics."""

PLACEHOLDER = re.compile(r"\{[^{}\n]*\}")
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
HASHTAG = re.compile(r"(?<![\w/&?=#])#(\w*[^\W\d_]\w*)")

LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеѕіјкорсухԁԛԝһԀԚԜҺΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινρɡı",
    "ABESIJKMHOPCTXaesijkopcyxdqwhDQWHABEZHIKMNOPTYXoivpgi",
)
"""Cyrillic and Greek letters that look like Latin ones: a name or a word written with them reads the same."""

_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class _Shown(dict[int, int | None]):
    """Takes format characters out, each looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = shown = None if unicodedata.category(chr(code)) == "Cf" else code
        return shown


_SHOWN = _Shown()


@lru_cache(maxsize=1024)  # a dozen rules read the same few texts
def unhidden(text: str) -> str:
    """The text as an eye meets it: look-alike letters made plain, unseen characters gone, case kept."""
    if text.isascii():
        return text
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text).translate(_SHOWN))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """`unhidden`, in Latin letters where others look the same, in one case, with every run of blank space as one
    space: what comparisons are made on."""
    seen = unhidden(text)
    if seen.isascii():
        return " ".join(seen.casefold().split())
    # Twice: some letters look like another one only in the other case.
    return " ".join(seen.translate(LOOK_ALIKES).casefold().translate(LOOK_ALIKES).split())


def by_account(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(account, text); where every account has the same text it is given once, with "" for the account."""
    if len(set(texts.values())) == 1:
        yield "", next(iter(texts.values()))
    else:
        yield from texts.items()


def language_of(case: Case) -> str:
    """The first part of the post's language: its own, else its campaign's."""
    return (case.post.wording.language or case.campaign.language).partition("-")[0]


@once_per_case
def wordings(case: Case) -> Iterator[tuple[str, str]]:
    """What the author wrote, placeholders and all, by account."""
    return by_account(case.wordings)


@once_per_case
def readings(case: Case) -> Iterator[tuple[str, str]]:
    """What a reader meets, by account: the Proof's text, or the author's where there is no Proof yet."""
    written = case.wordings
    return by_account(
        {
            one: case.proofs[one].text if one in case.proofs else PLACEHOLDER.sub(" ", written[one])
            for one in written
        }
    )


@once_per_case
def pictures(case: Case) -> Iterator[tuple[str, MediaProof]]:
    """(account, picture) over all parts; a picture that goes to every account alike is given once, with ""."""
    shown = {
        proof.account: tuple(media for part in proof.parts for media in part.media)
        for proof in case.proofs.values()
    }
    if len(set(shown.values())) == 1:
        shown = {"": next(iter(shown.values()))}
    for account, media in shown.items():
        for one in dict.fromkeys(media):
            yield account, one


@once_per_case
def of_pictures(case: Case) -> Iterator[tuple[str, str]]:
    """(account, text) of what is said about pictures and in clips: alt texts, and captions word for word."""
    for account, media in pictures(case):
        yield account, media.alt
        if media.spoken:
            yield account, media.spoken


@once_per_case
def told(case: Case) -> Iterator[tuple[str, str]]:
    """(account, text) of everything that goes out: the words, and what is said of the pictures and in clips."""
    yield from readings(case)
    yield from of_pictures(case)


@once_per_case
def cited(case: Case) -> tuple[str, ...]:
    """Ids of the statistics that the post names, in words, on a picture or in an alt text; without repeats."""
    texts = [*case.wordings.values(), *(media.alt for media in case.post.wording.media)]
    named = [one for text in texts if "{" in text for one in fact_ids(text)]
    cards = [media.card for media in case.post.wording.media if media.card]
    return tuple(dict.fromkeys([*named, *cards]))


@once_per_case
def cited_facts(case: Case) -> tuple[Fact, ...]:
    """Those of `cited` that the library knows, as it knows them now."""
    return tuple(case.revision.facts[one] for one in cited(case) if one in case.revision.facts)


def day_out(case: Case, delivery: Delivery) -> date:
    """The local day on which a delivery goes out: its planned day, or today where that has come."""
    return local(max(case.now, delivery.due_at), case.campaign.zone).date()


@worked_out_once
def last_day_out(case: Case) -> date:
    """The latest of the deliveries' days; today where there are none."""
    days = [day_out(case, delivery) for delivery in case.deliveries]
    return max(days, default=local(case.now, case.campaign.zone).date())


def long_date(day: date) -> str:
    """`31 December 2025`."""
    return f"{day:%-d %B %Y}"
