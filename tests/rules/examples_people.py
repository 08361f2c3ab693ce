"""Where the rules about pictures, consent, names and quotes speak, and where they are silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bfbot.domain.finding import Level
from bfbot.domain.message import MediaUse
from bfbot.domain.picture import People, Use
from bfbot.rules.base import Case
from bfbot.rules.quotations import digest
from tests.rules.people import ADULTS, CANARY, CHILDREN, CONSENT, NAMES, PARK, STORY, quoting, shown, story
from tests.uploads import uploaded

_R, _C, _H = Level.REFUSE, Level.CONFIRM, Level.HOLD
SAID = "“We will not let families wait,” said the Chair of the Example Board."

ABOUT_PEOPLE: dict[str, tuple[Level, Case, Case]] = {
    "picture-rights": (_R, shown(held=replace(PARK, expires=date(2026, 11, 22))), shown()),
    "picture-uploaded": (
        _C,
        shown(use=uploaded()),
        shown(use=MediaUse("A bridge of wood", file="pictures/./park.png")),
    ),
    "consent": (
        _R,
        story(told=replace(STORY, people=People.ADULTS)),
        story(told=replace(STORY, consent="consent-2026-014")),
    ),
    "people-shown": (_C, shown(held=CHILDREN), shown(held=PARK)),
    "child-named": (
        _R,
        shown(f"{CANARY} loves the new bridge.", held=CHILDREN, names=NAMES),
        shown("Pupils aged 9 to 11 love the new bridge.", held=CHILDREN, names=NAMES),
    ),
    "names-listed": (Level.WARN, shown(held=CHILDREN), shown(held=CHILDREN, names=NAMES)),
    "name-agreed": (
        _R,
        shown(f"{CANARY} built the bridge.", held=ADULTS, names=NAMES),
        shown(
            f"{CANARY} built the bridge.",
            held=ADULTS,
            names=NAMES,
            consent=replace(CONSENT, scope=CONSENT.scope | {Use.NAME}),
        ),
    ),
    "quote-signed": (
        _H,
        quoting(SAID, quotes_signed=frozenset({("leader", digest("We will not let families wait"))})),
        quoting(SAID, quotes_signed=frozenset({("chair", digest("We will not let families wait"))})),
    ),
}
