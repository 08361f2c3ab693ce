"""When a statistic changes, expires or is blocked: everything that waits to go out is looked at again.

The send asks the rules anyway. This is so that a person learns of it today, and not at the moment of sending.
Everything is read in bulk and judged in memory; only what no longer holds is then changed, one by one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from bfbot.config import config
from bfbot.desk.laid_out import laid_out
from bfbot.desk.review import back_to_review
from bfbot.domain.approval import Approval
from bfbot.domain.fact import Fact
from bfbot.domain.figures import citation, figure_text
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.localtime import local
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import BfbotError, ContentRefused
from bfbot.ledger import audit, posts, revisions, watching
from bfbot.ledger.waiting_posts import approvals_in_force, waiting_posts
from bfbot.library import current_revision
from bfbot.rules import (
    asks,
    facts,
    fold_and_share,
    fresh_figures,
    one_figure,
    owners,
    sums,
    typed_figures,
    unsourced,
)
from bfbot.rules.base import Rule, judge
from bfbot.rules.figures_read import figures
from bfbot.rules.one_figure import cited_by
from bfbot.rules.settled import unsettled
from bfbot.rules.verdict import stopping
from bfbot.rules.whole_queue import Queue

log = logging.getLogger(__name__)

WHY = "A statistic is not what it was: "
"""So begins the note of every post that came back because of this."""

RULES: tuple[Rule, ...] = (
    facts.KNOWN,
    facts.USABLE,
    facts.SOURCED,
    typed_figures.TYPED,
    unsourced.BARE,
    one_figure.ONE,
    sums.WHOLE,
    sums.OWNERS,
    sums.DERIVED,
    fold_and_share.FOLD,
    fold_and_share.SHARE,
    fresh_figures.UNCHANGED,
    fresh_figures.LATEST,
    owners.FIGURES,
    asks.CURRENT,
)
"""Those whose answer turns with the library or with the day."""

_PROBE = "recheck of the queue"


@dataclass(frozen=True)
class Stopped:
    """A post that waits and could not go out as it is; `rewrite`: its figures have to be printed anew."""

    post: Post
    why: str
    rewrite: bool


@dataclass(frozen=True)
class Rechecked:
    """How many were looked at, and which came back to a person; how many live posts are newly out of date."""

    looked_at: int = 0
    back: tuple[int, ...] = ()
    live: int = 0


def is_due(now: datetime) -> bool:
    """Once for every state of the files, and once a day."""
    revision, last = current_revision(now), watching.written_at(_PROBE)
    zone = config().timezone
    return (
        last is None or not revision.made_at <= last <= now or local(last, zone).date() != local(now, zone).date()
    )


def recheck(now: datetime) -> Rechecked:
    """Look at everything that waits; what no longer holds goes back to a person, with the reason."""
    watching.write(_PROBE, now)
    queue, revision = waiting_posts(now), current_revision(now)
    found = [one for one in look_over(queue, revision, approvals_in_force(), now) if not _told(one)]
    return Rechecked(len(queue), tuple(one.post.id for one in found if _hand_back(one, now)))


def look_over(
    queue: Sequence[Post], revision: Revision, approvals: Mapping[int, Approval], now: datetime
) -> Iterator[Stopped]:
    """The posts of the queue that could not go out as they are. Reads nothing but old states of the files."""
    gathered, own = Queue(), []
    for post in queue:
        named = cited_by(post)
        stops = _stops(post, named, revision, approvals.get(post.id), now)
        own.append((post, _changed(post, named, revision), stops))
        gathered.add(post, named)
    against: dict[int, str] = {}
    for clash in gathered.clashes(revision, local(now, config().timezone).date()):
        against.setdefault(clash.one, clash.why)
        against.setdefault(clash.other, clash.why)
    for post, changed, stops in own:
        why = [*changed, *(str(one) for one in stops), *filter(None, [against.get(post.id)])]
        if why:
            rewrite = bool(changed) or any(one.rule == fresh_figures.UNCHANGED.id for one in stops)
            yield Stopped(post, WHY + " ".join(dict.fromkeys(why)), rewrite)


def _stops(
    post: Post, named: frozenset[str], revision: Revision, approval: Approval | None, now: datetime
) -> tuple[Finding, ...]:
    """What waits for approval is only stopped by a refusal: the approver is asked about the rest."""
    if post.campaign not in revision.campaigns or not (named or _says_figures(post)):
        return ()
    approved = post.state is PostState.APPROVED
    case = laid_out(post, revision, now, moment=Moment.SEND if approved else Moment.APPROVE)
    if approval is not None:
        case = replace(case, approval=approval)
    found = judge(case, RULES)
    if approved:
        return stopping(unsettled(found, approval, post.accounts), Moment.SEND)
    return tuple(one for one in found if one.level is Level.REFUSE)


def _says_figures(post: Post) -> bool:
    if post.message is not None:
        return True
    proofs = [one.proof for one in post.deliveries if one.proof]
    texts = [one.text for one in proofs] or [post.wording.text, *post.wording.variants.values()]
    alts = [
        said for one in proofs for part in one.parts for media in part.media for said in (media.alt, media.spoken)
    ]
    return any(figures(text) for text in dict.fromkeys((*texts, *alts)))


def _changed(post: Post, named: frozenset[str], revision: Revision) -> list[str]:
    """Statistics that read otherwise than when the post was written out: on a picture, too, or in their period."""
    if post.revision == revision.number or not named:
        return []
    before = facts_of(post.revision, revision.digest)
    found = []
    for fact_id in sorted(named):
        old, new = before.get(fact_id), revision.facts.get(fact_id)
        if old is not None and new is not None and _shown(old) != _shown(new):
            found.append(
                f"{facts.named(new)} read “{figure_text(old)}, {citation(old)}” when the post was written out."
            )
    return found


def _shown(fact: Fact) -> tuple[str, str, str]:
    return figure_text(fact), citation(fact), fact.measure


@lru_cache(maxsize=64)
def facts_of(number: int, _now: str) -> Mapping[str, Fact]:
    """By id, as the files had them under this number; none where that state is not kept."""
    try:
        return revisions.numbered(number).facts
    except BfbotError:
        return {}


def _told(one: Stopped) -> bool:
    return one.post.state is PostState.IN_REVIEW and one.post.note == one.why


def _hand_back(one: Stopped, now: datetime) -> bool:
    """Whether it still was what was looked at. It waits for approval then, with the reason."""
    with transaction.atomic():
        post = posts.to_change(one.post.id)
        if post.state is not one.post.state or post.signature != one.post.signature or not _waits(post):
            return False
        if post.state is PostState.IN_REVIEW and not one.rewrite:
            posts.note(post.id, one.why)
            audit.record("bfbot", "rechecked", f"post:{post.id}", now, {"reason": one.why})
            return True
        try:
            back_to_review(post, one.why, now=now, wording=post.wording if one.rewrite else None)
        except ContentRefused as error:  # it went on in this moment: the send asks the rules itself
            log.info("not sent back", extra={"post": post.id, "error": str(error)})
            return False
        posts.note(post.id, one.why)
    return True


def _waits(post: Post) -> bool:
    return any(one.state in {DeliveryState.PLANNED, DeliveryState.DUE} for one in post.deliveries)


def back_because_of_figures(found: Sequence[Post]) -> list[Post]:
    """Those of `found` that wait because of a recheck."""
    return [one for one in found if one.state is PostState.IN_REVIEW and one.note.startswith(WHY)]
