"""What was found behind the links before anybody approves them: no page, a closed door, another address."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.link import LinkSeen, LinkState
from bfbot.domain.localtime import local
from bfbot.domain.tracking import links_in, untagged
from bfbot.rules.base import Case, Rule
from bfbot.rules.links import CODE, links

BEFORE = frozenset({Moment.SUBMIT, Moment.APPROVE})
"""A page may be away for a minute: what was approved with its link is not held back for that at send."""


def addresses(case: Case) -> tuple[str, ...]:
    """The pages that the post links to, without tracking; each once."""
    own = (one for _, found in links(case) for one in found)
    written = (one for text in case.wordings.values() for one in links_in(text))
    return tuple(dict.fromkeys(untagged(one) for one in (*own, *written) if one.lower().startswith("http")))


def _seen(case: Case) -> Iterator[LinkSeen]:
    if not case.links_seen:
        return
    for one in addresses(case):
        if one in case.links_seen:
            yield case.links_seen[one]


def _there(case: Case) -> Iterator[Finding]:
    for one in _seen(case):
        if one.state is LinkState.GONE:
            problem = f"There was no page at {one.address} (answer {one.status}) {_when(one, case)}."
        elif one.state is LinkState.CLOSED:
            problem = f"{one.address} asked for a sign-in {_when(one, case)}."
        else:
            continue
        mend = "Mend the link; or an approver writes that the page will be public by the time of the post."
        yield Finding(THERE.id, Level.CONFIRM, problem, mend, about=f"{one.state} {one.address}")


def _straight(case: Case) -> Iterator[Finding]:
    for one in _seen(case):
        if one.state is LinkState.MOVED:
            problem = f"{one.address} leads on to {one.final}."
            mend = "Link to that address itself, if it is the right page."
        elif one.state is LinkState.FAULTY:
            problem = f"{one.address} answered with the fault {one.status} {_when(one, case)}."
            mend = "Open it yourself, and see whether everybody can read it."
        else:
            continue
        yield Finding(STRAIGHT.id, Level.WARN, problem, mend)


def _when(one: LinkSeen, case: Case) -> str:
    moment = local(one.checked_at, case.campaign.zone)
    return f"when bfbot looked on {moment:%-d %B at %H:%M}"


THERE = Rule(
    "link-there",
    "The page behind a link can be read",
    CODE,
    "Link to a page that is public, or say in writing that it will be by the time of the post.",
    BEFORE,
    _there,
)
STRAIGHT = Rule(
    "link-straight",
    "Links lead straight to the page",
    CODE,
    "Link to the address where the page is now.",
    BEFORE,
    _straight,
)
