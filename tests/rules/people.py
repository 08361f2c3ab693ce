"""Cases with pictures of the library, consents, names and quotes; nobody in them is a real person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bfbot.domain.finding import Moment
from bfbot.domain.message import Kind, MediaUse, Message
from bfbot.domain.names import NO_NAMES, ListedNames, listed
from bfbot.domain.picture import Consent, People, Picture, Use
from bfbot.domain.season import Spokesperson
from bfbot.rules.base import Case
from tests.rules.cases import TEXT, case, message, picture, send_case
from tests.rules.team_files import LGA, REVISION

PARK = Picture(
    id="park",
    file="pictures/park.png",
    people=People.NONE,
    credit="A photographer",
    licence="Bought, contract 12",
    owner="The council",
    expires=date(2026, 11, 23),
)
CHILDREN = replace(PARK, people=People.CHILDREN, consent="consent-2026-014")
ADULTS = replace(CHILDREN, people=People.ADULTS)
CONSENT = Consent(
    "consent-2026-014",
    frozenset({Use.STORY, Use.PICTURE}),
    (LGA.id,),
    ("mastodon", "lga-x"),
    "parent",
    recorded_on=date(2026, 11, 1),
    expires=date(2026, 11, 23),
)
CANARY = "Zenobia Quillfeather"
NAMES = listed(f"# of the case studies\n{CANARY}\n\nTiro\n")
STORY = message(kind=Kind.CASE_STUDY)
REGISTER = {
    "chair": Spokesperson("chair", "Chair of the Example Board"),
    "leader": Spokesperson("leader", "Leader of Example Council", "Demo Leader"),
}


def shown(
    text: str = TEXT,
    *,
    held: Picture | None = PARK,
    consent: Consent | None = CONSENT,
    names: ListedNames = NO_NAMES,
    told: Message | None = None,
    alt: str = "A wooden bridge in a park",
    use: MediaUse | None = None,
    moment: Moment = Moment.SUBMIT,
    **more: Any,
) -> Case:
    """The ordinary post with one picture of the library. Without `held` the library has no entry for its file."""
    entries = {held.id: held} if held else {}
    consents = {consent.id: consent} if consent else {}
    revision = replace(REVISION, pictures=entries, consents=consents, spokespeople=REGISTER)
    given = {"revision": revision, "media": (picture(alt=alt),), "message": told, "names": names, **more}
    made = send_case(text, **given) if moment is Moment.SEND else case(text, moment=moment, **given)
    media = (use or MediaUse(alt=alt, file="pictures/park.png"),)
    return replace(made, post=replace(made.post, wording=replace(made.post.wording, media=media)))


def story(text: str = TEXT, *, told: Message = STORY, **more: Any) -> Case:
    """A case study without a picture."""
    made = shown(text, told=told, **more)
    proofs = {
        account: replace(one, parts=tuple(replace(part, media=()) for part in one.parts))
        for account, one in made.proofs.items()
    }
    return replace(made, proofs=proofs, post=replace(made.post, wording=replace(made.post.wording, media=())))


def quoting(text: str, *, told: Message | None = None, moment: Moment = Moment.SUBMIT, **more: Any) -> Case:
    """A text, with two people in the register."""
    given = {"revision": replace(REVISION, spokespeople=REGISTER), "message": told, **more}
    return send_case(text, **given) if moment is Moment.SEND else case(text, moment=moment, **given)
