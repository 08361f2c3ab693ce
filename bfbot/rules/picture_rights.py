"""Nothing is shown that the team may not show: each picture and clip has its rights on record, and they last."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level
from bfbot.domain.message import MediaUse
from bfbot.domain.picture import Picture, by_file
from bfbot.rules.base import Case, Rule, once_per_case
from bfbot.rules.reading import CONTENT, last_day_out, long_date

ACT = "Copyright, Designs and Patents Act 1988; the picture's own licence"


@once_per_case
def held(case: Case) -> Iterator[tuple[MediaUse, Picture | None]]:
    """Each picture of the post with its entry in the library; cards are drawn by bfbot and need none."""
    for one in case.post.wording.media:
        if one.card is None:
            yield one, by_file(case.revision.pictures.values(), one.file)


def _rights(case: Case) -> Iterator[Finding]:
    for use, picture in held(case):
        if use.blob is not None:
            continue
        if picture is None:
            yield _refused(
                f"Nobody wrote down whose {'clip' if use.video else 'picture'} “{use.file}” is.",
                "Add it to messages/media.yaml with credit, licence, owner and expires.",
            )
        elif picture.missing:
            yield _refused(
                f"The {picture.word} “{picture.id}” has no {' and no '.join(picture.missing)}.",
                "Add it in messages/media.yaml, or use another.",
            )
        elif picture.expires is not None and picture.expires < last_day_out(case):
            yield _refused(
                f"The rights in the {picture.word} “{picture.id}” ended on {long_date(picture.expires)}.",
                f"Renew them with {picture.owner} and write the new day into messages/media.yaml, or use another.",
            )


def _uploaded(case: Case) -> Iterator[Finding]:
    for use, _ in held(case):
        if use.blob is not None:
            yield Finding(
                UPLOADED.id,
                Level.CONFIRM,
                f"The picture “{use.alt[:60]}” was uploaded for this post: its rights stand nowhere.",
                "Write down whose it is, what allows us to post it and who is on it; or take one of the library.",
            )


def _refused(what: str, mend: str) -> Finding:
    return Finding(RIGHTS.id, Level.REFUSE, what, mend)


RIGHTS = Rule(
    "picture-rights",
    "Pictures and clips have rights",
    ACT,
    "Give each picture and clip its credit, licence, owner and last day in messages/media.yaml; renew in time.",
    CONTENT,
    _rights,
)
UPLOADED = Rule(
    "picture-uploaded",
    "Somebody answers for an uploaded picture",
    ACT,
    "Have an approver write down whose picture it is and what allows us to post it.",
    CONTENT,
    _uploaded,
)
