"""Two languages, one release: a post and its version in the other language go out together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.localtime import local
from bfbot.domain.post import Delivery, Post
from bfbot.domain.states import DeliveryState, PostState
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT

WELSH = "Welsh Language Standards: what is published in Welsh and English is published in both at the same time"
NAMES = {"cy": "Welsh", "en": "English"}

_NOT_READY = {
    PostState.DRAFT: ("is still a draft", "Send it for approval."),
    PostState.IN_REVIEW: ("is not approved", "Approve both together."),
    PostState.REJECTED: ("was turned down", "Mend that one, or cancel this one too."),
    PostState.WITHDRAWN: ("was cancelled", "Write that version anew, or cancel this one too."),
}
_STOPPED = {
    DeliveryState.FAILED: ("was not taken by the network", "Try that one again, or cancel this one too."),
    DeliveryState.MISSED: ("was not sent: too late", "Give both a new time."),
    DeliveryState.WITHDRAWN: ("was cancelled there", "Write that version anew, or cancel this one too."),
    DeliveryState.DELETED: ("was deleted there", "Cancel this one too, or write both anew."),
    DeliveryState.UNKNOWN: ("may be live or not", "Say whether it is live, on the page of that post."),
    DeliveryState.SENDING: ("is on its way", "Wait a moment."),
}


def _together(case: Case) -> Iterator[Finding]:
    """What is not saved yet has no pair, and a post without one is asked nothing."""
    wanted = bool(case.message and case.message.pair)
    if case.post.id == 0 or not (wanted or case.post.pair):
        return
    if case.partner is None:
        yield _finding(case, "The version in the other language is missing.", "Write it, or cancel this one.")
    elif case.moment is Moment.SUBMIT:
        return  # each half is written and sent for approval by itself
    elif case.moment is Moment.APPROVE:
        if case.partner.state not in {PostState.IN_REVIEW, PostState.APPROVED, PostState.CLOSED}:
            yield _finding(case, *_not_ready(case, case.partner))
        elif case.partner.scheduled_for != case.post.scheduled_for and case.partner.state is PostState.IN_REVIEW:
            when = f"{local(case.partner.scheduled_for, case.campaign.zone):%-d %B, %H:%M}"
            yield _finding(case, f"{name(case.partner, case)} is planned for {when}.", "Give both the same time.")
    else:
        for one in case.deliveries:
            why = _at_send(case, case.partner, one)
            if why is not None:
                meant = _passes(case, case.partner, one)
                yield replace(_finding(case, *why, account=one.account), meant=meant)


def _at_send(case: Case, partner: Post, mine: Delivery) -> tuple[str, str] | None:
    """What keeps `mine` back: its counterpart on the same account is not out, and cannot go out now."""
    who = name(partner, case)
    its = next((one for one in partner.deliveries if one.account == mine.account), None)
    if its is None:
        return f"{who} does not go out on {mine.account}.", "Add that account to it, or take it off here."
    if its.state is DeliveryState.PUBLISHED:
        return None
    if its.state in _STOPPED:
        what, mend = _STOPPED[its.state]
        return f"{who} {what}.", mend
    if partner.state is not PostState.APPROVED:
        return _not_ready(case, partner)
    if its.due_at > case.now:
        when = f"{local(its.due_at, case.campaign.zone):%-d %B, %H:%M}"
        return f"{who} is planned for {when}.", "Give both the same time."
    if its.closes_at <= case.now:
        return f"The time of {who[0].lower()}{who[1:]} is over.", "Give both a new time."
    if case.partner_stops:
        return f"{who} is held: {case.partner_stops[0].message}", case.partner_stops[0].mend
    return None


def _passes(case: Case, partner: Post, mine: Delivery) -> bool:
    """Whether its counterpart goes out without anybody, waits as people want it, or is told by itself already."""
    its = next((one for one in partner.deliveries if one.account == mine.account), None)
    if its is None:
        return False
    if its.state in {DeliveryState.SENDING, DeliveryState.UNKNOWN}:
        return True
    if its.state in _STOPPED or partner.state is not PostState.APPROVED or its.closes_at <= case.now:
        return False
    early = case.now < its.due_at < mine.closes_at
    return early or (bool(case.partner_stops) and all(one.meant for one in case.partner_stops))


def name(partner: Post, case: Case) -> str:
    """`Its Welsh version (post 13)`."""
    language = (partner.wording.language or case.campaign.language).partition("-")[0]
    return f"Its {NAMES.get(language, 'other')} version (post {partner.id})"


def _not_ready(case: Case, partner: Post) -> tuple[str, str]:
    what, mend = _NOT_READY.get(partner.state, ("is closed and did not go out there", "Cancel this one too."))
    return f"{name(partner, case)} {what}.", mend


def _finding(case: Case, problem: str, mend: str, account: str = "") -> Finding:
    """Approval is refused, for it is one for both; otherwise it waits."""
    level = Level.REFUSE if case.moment is Moment.APPROVE else Level.HOLD
    return Finding(TOGETHER.id, level, problem, mend, account=account)


TOGETHER = Rule(
    "pair-together",
    "Both languages together",
    WELSH,
    "Have both versions approved, for the same accounts and the same time.",
    CONTENT,
    _together,
)
