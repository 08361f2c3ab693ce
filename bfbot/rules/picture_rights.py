"""Nothing is shown that the team may not show: each picture and clip has its rights on record, and they last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bfbot.domain.finding import Finding, Level
from bfbot.domain.message import MediaUse
from bfbot.domain.picture import LONGEST, NEVER, People, Picture, Rights, by_file
from bfbot.rules.base import Case, Rule, once_per_case
from bfbot.rules.reading import CONTENT, last_day_out, long_date

ACT = "Copyright, Designs and Patents Act 1988; the picture's own licence"


@once_per_case
def held(case: Case) -> Iterator[tuple[MediaUse, Rights | None]]:
    """Each picture of the post with what is on record of it: in the library, or beside an upload.

    Cards are drawn by bfbot and need none.
    """
    for one in case.post.wording.media:
        if one.blob is not None:
            yield one, one.rights
        elif one.card is None:
            yield one, by_file(case.revision.pictures.values(), one.file)


def called(use: MediaUse, rights: Rights | None) -> str:
    """`picture “ID”`; an upload is known by its alt text alone."""
    if isinstance(rights, Picture):
        return f"{rights.word} “{rights.id}”"
    return f"picture “{use.alt[:60]}”" if use.alt.strip() else "uploaded picture"


def _rights(case: Case) -> Iterator[Finding]:
    for use, rights in held(case):
        where = "messages/media.yaml" if use.blob is None else "the post, beside the picture"
        if rights is None and use.blob is None:
            yield _refused(
                f"Nobody wrote down whose {'clip' if use.video else 'picture'} “{use.file}” is.",
                "Add it to messages/media.yaml with credit, licence, owner and expires.",
            )
        elif rights is None:
            yield _refused(
                f"Nobody wrote down whose the {called(use, rights)} is.",
                "Write credit, licence, owner, last day and who can be seen into the post, beside the picture; "
                "or take one of the library.",
            )
        elif rights.missing:
            lacking = (_ASKED.get(one, one) if use.blob is not None else one for one in rights.missing)
            yield _refused(
                f"The {called(use, rights)} has no {' and no '.join(lacking)}.",
                f"Add it in {where}, or use another.",
            )
        elif use.blob is not None and (long := _too_long(rights)):
            yield _refused(
                f"The {' and the '.join(long)} of the {called(use, rights)} is longer than {LONGEST} letters.",
                "Say it in a line: an approver reads it.",
            )
        elif rights.expires is not None and rights.expires < last_day_out(case):
            yield _refused(
                f"The rights in the {called(use, rights)} ended on {long_date(rights.expires)}.",
                f"Renew them with {rights.owner} and write the new day into {where}, or use another.",
            )


def _too_long(rights: Rights) -> list[str]:
    told = {"credit": rights.credit, "licence": rights.licence, "owner": rights.owner}
    return [name for name, text in told.items() if len(text) > LONGEST]


_ASKED = {"expires": "last day", "people": "word on who can be seen"}
"""As the form asks for them; in messages/media.yaml they are found by their keys."""

_SEEN = {People.NONE: "nobody", People.ADULTS: "adults", People.CHILDREN: "children"}


def _uploaded(case: Case) -> Iterator[Finding]:
    for use, rights in held(case):
        if use.blob is not None and rights is not None:
            yield Finding(
                UPLOADED.id,
                Level.CONFIRM,
                f"The {called(use, rights)} was uploaded for this post. Its author says: {in_words(rights)}.",
                "Look at the picture and write down how you know that this is right; or take one of the library.",
            )


def in_words(rights: Rights) -> str:
    """All that is on record, in a line: another word in it is another claim, and needs another look."""
    said = [
        f"credit: {rights.credit or 'nobody'}",
        f"licence: {rights.licence or 'none'}",
        f"owner: {rights.owner or 'nobody'}",
        _until(rights.expires),
        f"shows {_SEEN[rights.people]}" if rights.people else "nobody said who can be seen",
    ]
    if rights.consent:
        said.append(f"consent: {rights.consent}")
    return "; ".join(said)


def _until(expires: date | None) -> str:
    if expires is None:
        return "no last day"
    return "may be used without end" if expires == NEVER else f"may be used until {long_date(expires)}"


def _refused(what: str, mend: str) -> Finding:
    return Finding(RIGHTS.id, Level.REFUSE, what, mend)


RIGHTS = Rule(
    "picture-rights",
    "Pictures and clips have rights",
    ACT,
    "Give each picture and clip its credit, licence, owner and last day: in messages/media.yaml, or in the post "
    "that it was uploaded for. Renew in time.",
    CONTENT,
    _rights,
)
UPLOADED = Rule(
    "picture-uploaded",
    "Somebody answers for an uploaded picture",
    ACT,
    "Have an approver look at the picture and its rights as the author wrote them, and write down why they hold.",
    CONTENT,
    _uploaded,
)
