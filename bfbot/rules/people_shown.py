"""Pictures with people on them: somebody answers for them in writing, and a child is never named beside one."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level
from bfbot.domain.message import MediaUse
from bfbot.domain.names import NO_NAMES
from bfbot.domain.picture import People, Rights, Use
from bfbot.rules.base import Case, Rule
from bfbot.rules.consents import LAW, needed
from bfbot.rules.listed_names import stand_in
from bfbot.rules.named_ages import name_with_age
from bfbot.rules.picture_rights import called, held
from bfbot.rules.reading import CONTENT, pictures, readings

_UNREAD = "The team's list of names cannot be read, and this post is about people."
_MEND = "Take the name out or the picture: a child is never named with a picture, whoever agreed."


def _shown(case: Case) -> Iterator[Finding]:
    for use, rights in held(case):
        if rights is not None and rights.shows_somebody:
            yield Finding(
                SHOWN.id,
                Level.CONFIRM,
                f"The {called(use, rights)} shows {rights.people}.",
                "Write down that you looked at the consent and that it covers this post.",
            )


def shows_children(case: Case) -> bool:
    """As far as somebody wrote it down; an upload of which nobody did counts as one that does."""
    told_of = case.message is not None and case.message.people is People.CHILDREN
    return any(told_of or _may_show_children(use, rights) for use, rights in held(case))


def _may_show_children(use: MediaUse, rights: Rights | None) -> bool:
    if rights is not None and rights.people is not None:
        return rights.people is People.CHILDREN
    return use.blob is not None


def _texts(case: Case) -> list[str]:
    """All that goes out in words: text, alt texts, captions, and the addresses of links."""
    alts = [media.alt for _, media in pictures(case)] + [media.alt for media in case.post.wording.media]
    said = [media.spoken for _, media in pictures(case) if media.spoken]
    links = [case.post.wording.link, *(link for proof in case.proofs.values() for link in proof.links)]
    return [*(text for _, text in readings(case)), *alts, *said, *links]


def _child_named(case: Case) -> Iterator[Finding]:
    """Says neither which name nor where: what is found is shown, mailed and kept on record."""
    if not shows_children(case):
        return
    if case.names.unread:
        yield _refused(CHILD.id, _UNREAD, "Mend BFBOT_NAMES_FILE, or leave the picture out.")
    if stand_in(case.names, _texts(case)):
        yield _refused(
            CHILD.id, "A name of the team's list stands beside a picture that may show children.", _MEND
        )
    if any(name_with_age(text) for text in _texts(case)):
        yield _refused(
            CHILD.id, "Somebody is told by name and age beside a picture that may show children.", _MEND
        )


def _unlisted(case: Case) -> Iterator[Finding]:
    """Without a list bfbot looks for names with an age alone, and says so."""
    children = any(one is not None and one.people is People.CHILDREN for _, one in held(case))
    if children and case.names == NO_NAMES:
        yield Finding(
            LISTED.id,
            Level.WARN,
            "This picture shows children, and bfbot has no list of names to look for.",
            "Read text and alt text for names yourself; better, keep a list and name it with BFBOT_NAMES_FILE.",
        )


def _unagreed(case: Case) -> Iterator[Finding]:
    """Of adults: where a consent of theirs says so they may be named."""
    uses = needed(case)
    if shows_children(case) or not uses:
        return
    if case.names.unread:
        yield _refused(NAME.id, _UNREAD, "Mend BFBOT_NAMES_FILE, or wait until it can be read.")
    elif stand_in(case.names, _texts(case)) and not all(_may_be_named(case, one) for _, one, _ in uses):
        yield _refused(
            NAME.id,
            "A name of the team's list stands in this post, and nobody agreed to be named.",
            "Take the name out; or, of an adult, add name to the scope of the consent when they agree.",
        )


def _may_be_named(case: Case, consent_id: str) -> bool:
    consent = case.revision.consents.get(consent_id)
    of_a_child = case.message is not None and case.message.people is People.CHILDREN
    return consent is not None and Use.NAME in consent.scope and not of_a_child


def _refused(rule: str, what: str, mend: str) -> Finding:
    return Finding(rule, Level.REFUSE, what, mend)


SHOWN = Rule(
    "people-shown",
    "Somebody answers for a picture with people",
    LAW,
    "Have an approver write down that the consent was looked at and covers this post.",
    CONTENT,
    _shown,
)
CHILD = Rule(
    "child-named",
    "A child is never named with a picture",
    LAW,
    "Leave names and ages of children out of text and alt text, or leave the picture out.",
    CONTENT,
    _child_named,
)
LISTED = Rule(
    "names-listed",
    "There is a list of names to look for",
    LAW,
    "Keep the names that must not appear in a file outside the workspace, named by BFBOT_NAMES_FILE.",
    CONTENT,
    _unlisted,
)
NAME = Rule(
    "name-agreed",
    "People are named only if they agreed to that",
    LAW,
    "Name nobody of the team's list, unless a consent with name in its scope covers the post.",
    CONTENT,
    _unagreed,
)
