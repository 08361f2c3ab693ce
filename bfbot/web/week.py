"""The week's sitting made ready for the page: what each tick stands for, and what the form brings back.

Nothing is ticked when the page comes: an approval is somebody's word that they have read the post, and one press
on a page that ticked itself would give sixty such words at once. A button ticks a day, or all, where nothing needs
a word: that is a decision of its own, made after reading, and it approves nothing yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from bfbot.desk.muted import muted_accounts
from bfbot.desk.sitting import Bar, Choice, Sitting
from bfbot.domain.finding import Finding
from bfbot.domain.hold import Hold
from bfbot.domain.person import Person
from bfbot.domain.revision import Revision
from bfbot.web.shown import ShownPost, shown

BARS = {
    Bar.OWN: "You wrote this or changed it last, so somebody else approves it.",
    Bar.ROLE: "An approver of its campaign decides on this.",
    Bar.RULE: "It cannot be approved as it is: see what has to be mended.",
}
EVERY_DAY = "all"
MOST = 200
"""So many posts are taken from one form: more than a page has, and few enough to carry out."""


@dataclass(frozen=True)
class Asked:
    """What a form brought: the seals under which posts were shown, by number; which of them are ticked; words.

    `claims`: what names the claims that stood there to be confirmed (desk.claims.claim_id).
    """

    seals: Mapping[int, str] = field(default_factory=dict)
    ticked: frozenset[int] = frozenset()
    words: Mapping[int, str] = field(default_factory=dict)
    claims: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @property
    def chosen(self) -> dict[int, str]:
        """The ticked posts as they were shown, each with its version in the other language."""
        return {one: seal for one, seal in self.seals.items() if one in self.ticked}


def asked(form: QueryDict) -> Asked:
    """Fields: `seal-ID`, `claims-ID`, `post` (ticked), `with-ID` (its other version), `confirmed-ID`."""
    ticked = {number_of(one) for one in form.getlist("post")[:MOST]}
    ticked |= {number_of(form.get(f"with-{one}", "")) for one in list(ticked)}
    seals, words, claims = {}, {}, {}
    for key, value in form.items():
        name, _, number = key.partition("-")
        if name == "seal":
            seals[number_of(number)] = str(value)[:64]
        if name == "claims":
            claims[number_of(number)] = frozenset(str(value)[:2000].split())
        if name == "confirmed" and str(value).strip():
            words[number_of(number)] = str(value).strip()[:2000]
    seals.pop(0, None)
    return Asked(seals, frozenset(ticked - {0}), words, claims)


def number_of(text: str) -> int:
    """0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@dataclass(frozen=True)
class ShownHalf:
    one: ShownPost
    findings: tuple[Finding, ...]
    seal: str
    claims: str


@dataclass(frozen=True)
class ShownChoice:
    """`barred`: why this person cannot approve it. `changed`: it was ticked, and is no longer what was ticked."""

    number: int
    halves: tuple[ShownHalf, ...]
    barred: str
    may: bool
    needs_word: bool
    word: str
    ticked: bool
    changed: bool

    @property
    def other(self) -> int:
        """The number of its version in the other language; 0 without one."""
        return self.halves[1].one.post.id if len(self.halves) > 1 else 0


@dataclass(frozen=True)
class ShownDay:
    day: date
    choices: tuple[ShownChoice, ...]

    @property
    def can_be_ticked(self) -> int:
        return sum(1 for one in self.choices if one.may)


def shown_days(
    found: Sitting,
    revision: Revision,
    person: Person,
    stops: list[Hold],
    form: Asked,
    tick: str = "",
) -> list[ShownDay]:
    """`tick`: the day (ISO) that a button ticks, or EVERY_DAY; of what needs a word only what has one."""
    muted = muted_accounts(revision)

    def made(choice: Choice) -> ShownChoice:
        halves = tuple(
            ShownHalf(
                shown(each.post, revision, person, stops, muted=muted),
                each.findings,
                each.seal,
                " ".join(each.claims),
            )
            for each in choice.halves
        )
        as_seen = all(
            form.seals.get(one) == seal and form.claims.get(one, frozenset()) >= set(choice.shown_claims[one])
            for one, seal in choice.seals.items()
        )
        word = next((form.words[one] for one in choice.seals if one in form.words), "")
        may = not choice.bar
        by_button = tick in {EVERY_DAY, choice.day.isoformat()} and as_seen and (bool(word) or not choice.claims)
        was_ticked = choice.number in form.ticked
        return ShownChoice(
            number=choice.number,
            halves=halves,
            barred=BARS.get(choice.bar, ""),
            may=may,
            needs_word=may and bool(choice.claims),
            word=word,
            ticked=may and as_seen and (was_ticked or by_button),
            changed=was_ticked and not as_seen,
        )

    return [ShownDay(day, tuple(map(made, choices))) for day, choices in found.days]
