"""Nobody is shown or told of without their consent: there, not over, not taken back, and for this very use."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level
from bfbot.domain.message import Kind
from bfbot.domain.picture import Consent, People, Use
from bfbot.rules.base import Case, Rule, once_per_case
from bfbot.rules.picture_rights import called, held
from bfbot.rules.reading import CONTENT, last_day_out, long_date

LAW = "UK GDPR, articles 6 and 7, and the Data Protection Act 2018"

_FOR = {Use.STORY: "to tell of them", Use.PICTURE: "to be shown", Use.NAME: "to be named"}


@once_per_case
def needed(case: Case) -> Iterator[tuple[str, str, Use]]:
    """What of the post needs a consent, in words; the id of the one that is named ("" for none); and what for."""
    message = case.message
    if is_story(case) or (message is not None and (message.consent or message.people in _SOMEBODY)):
        yield "the case study" if is_story(case) else "the post", message.consent if message else "", Use.STORY
    for use, rights in held(case):
        if rights is not None and (rights.shows_somebody or rights.consent):
            yield f"the {called(use, rights)}", rights.consent, Use.PICTURE


_SOMEBODY = {People.ADULTS, People.CHILDREN}


def is_story(case: Case) -> bool:
    """A case study, unless its file says that it tells of nobody."""
    if case.message is not None:
        return case.message.kind is Kind.CASE_STUDY and case.message.people is not People.NONE
    return case.post.kind == Kind.CASE_STUDY


def _agreed(case: Case) -> Iterator[Finding]:
    for what, consent_id, use in needed(case):
        consent = case.revision.consents.get(consent_id)
        if not consent_id:
            mend = "Name the consent beside the picture (in a file: consent: ID), or leave it out."
            if use is Use.STORY:
                mend = "Name the consent in the file (consent: ID); with people: none if it tells of nobody."
            yield _refused(f"{_cap(what)} has no consent.", mend)
        elif consent is None:
            yield _refused(
                f"There is no consent “{consent_id}”, which {what} names.",
                "Mend the number, or add the consent to messages/consents.yaml.",
            )
        else:
            yield from _holds(case, what, consent, use)


def _holds(case: Case, what: str, consent: Consent, use: Use) -> Iterator[Finding]:
    day = last_day_out(case)
    if consent.withdrawn is not None:
        yield _refused(
            f"The consent “{consent.id}” for {what} was withdrawn on {long_date(consent.withdrawn)}.",
            "Take it out: it may not be used again.",
        )
        return
    if consent.expires < day:
        yield _refused(
            f"The consent “{consent.id}” for {what} ended on {long_date(consent.expires)}.",
            "Ask for it anew and write down its new day, or leave it out.",
        )
    if use not in consent.scope:
        yield _refused(
            f"The consent “{consent.id}” does not allow {what}: nobody agreed {_FOR[use]}.",
            "Ask for that too and add it to the scope, or leave it out.",
        )
    if case.post.campaign not in consent.campaigns:
        yield _refused(
            f"The consent “{consent.id}” for {what} is for {' and '.join(consent.campaigns)} only.",
            "Ask for this campaign too, or leave it out.",
        )
    for one in case.deliveries:
        if one.account not in consent.channels and one.platform not in consent.channels:
            yield Finding(
                AGREED.id,
                Level.REFUSE,
                f"The consent “{consent.id}” for {what} is for {' and '.join(consent.channels)} only.",
                "Leave this account out, or ask for it too.",
                account=one.account,
            )


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]


def _refused(what: str, mend: str) -> Finding:
    return Finding(AGREED.id, Level.REFUSE, what, mend)


AGREED = Rule(
    "consent",
    "Nobody is shown or told of without consent",
    LAW,
    "Name a consent that covers the use, the campaign, the channel and the day.",
    CONTENT,
    _agreed,
)
