"""Posts that are live with an old figure: found, kept on record, and put right by a post that people approve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from bfbot.config import config
from bfbot.desk import people
from bfbot.desk.proofing import campaign_of
from bfbot.desk.rechecking import Rechecked, facts_of, is_due, recheck
from bfbot.desk.rights_over import recheck_rights
from bfbot.desk.writing import WINDOW, draft
from bfbot.domain.localtime import local
from bfbot.domain.person import Role
from bfbot.domain.post import Delivery, Origin, Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused
from bfbot.ledger import audit, posts
from bfbot.ledger.every_post import every_post
from bfbot.ledger.models import AuditEntry
from bfbot.library import current_revision
from bfbot.rules.old_figures import OldFigure, correction_text, old_figures
from bfbot.rules.one_figure import cited_by

_NOTICED, _DRAFTED = "old figure live", "correction drafted"
_ON_RECORD = "corrections"
"""Under this subject the audit keeps both: Today asks for them every few seconds, and subjects are looked up."""

_MOST = 5000


@dataclass(frozen=True)
class LiveError:
    """A live post and its old figure. `text`: a correction to begin from; `correction`: the post made of it."""

    post: Post
    live: tuple[Delivery, ...]
    old: OldFigure
    text: str
    correction: int | None = None

    @property
    def said_at(self) -> datetime:
        return min(one.published_at or self.post.scheduled_for for one in self.live)


def recheck_all(now: datetime) -> Rechecked:
    """What waits and what is live, when it is time for that; otherwise nothing is done."""
    if not is_due(now):
        return Rechecked()
    done = recheck(now)
    return replace(done, back=(*done.back, *recheck_rights(now)), live=notice(now))


def notice(now: datetime) -> int:
    """Look through everything that is live, and keep on record what is found for the first time; how many."""
    known = {(one.detail.get("post"), one.detail.get("fact")) for one in _entries(_NOTICED)}
    found = 0
    for one in live_errors(now):
        if (one.post.id, one.old.fact.id) not in known:
            where = [live.account for live in one.live]
            detail = {"post": one.post.id, "fact": one.old.fact.id, "why": one.old.why, "accounts": where}
            audit.record("bfbot", _NOTICED, _ON_RECORD, now, detail)
            found += 1
    return found


def noticed(now: datetime) -> list[LiveError]:
    """What is on record and still so, the latest first: a handful of posts is read, not all that are live."""
    ids = dict.fromkeys(int(str(one.detail["post"])) for one in _entries(_NOTICED))
    found = posts.several(ids) if ids else {}
    return list(_errors((found[one] for one in ids if one in found), now))


def live_errors(now: datetime) -> list[LiveError]:
    """As `noticed`, from everything that is live: a second or two for ten thousand posts."""
    live = [*every_post(state=PostState.CLOSED), *every_post(state=PostState.APPROVED)]
    return sorted(_errors(live, now), key=lambda one: one.said_at, reverse=True)


def draft_correction(post_id: int, fact_id: str, *, actor: str, now: datetime) -> Post:
    """A draft that corrects it on the accounts where it is live, with a link to it; the same one if asked again.

    Raises ContentRefused where that post is not live with that figure, NotAllowed without the role.
    """
    revision = current_revision(now)
    with transaction.atomic():
        post = posts.to_change(post_id)
        people.require(actor, Role.AUTHOR, post.campaign)
        found = next((one for one in _errors([post], now) if one.old.fact.id == fact_id), None)
        if found is None:
            raise ContentRefused(
                f"Post {post_id} is not live with an old figure of {fact_id}.",
                mend="See `bfbot library corrections`.",
            )
        if found.correction is not None:
            return posts.get(found.correction)
        accounts = [one.account for one in found.live if one.account in revision.accounts]
        urls = [one.url for one in found.live if one.url]
        made = draft(
            campaign=post.campaign,
            accounts=accounts,
            wording=Wording(found.text, link=urls[0] if urls and urls[0].startswith("https://") else ""),
            at=_soon(now),
            author=actor,
            origin=Origin.CORRECTION,
            revision=revision,
            window=WINDOW,
            now=now,
            note=f"Corrects post {post_id}.",
        )
        detail = {"text": found.text, "accounts": accounts, "corrects": post_id}
        audit.record(actor, "written", f"post:{made.id}", now, detail)
        said = {"post": made.id, "corrects": post_id, "fact": fact_id, "live": urls}
        audit.record(actor, _DRAFTED, _ON_RECORD, now, said)
    return made


def _errors(found: Iterable[Post], now: datetime) -> Iterator[LiveError]:
    revision, drafted = current_revision(now), _drafted()
    for post in found:
        live = tuple(one for one in post.deliveries if one.state is DeliveryState.PUBLISHED)
        if not live or post.origin is Origin.CORRECTION:
            continue
        known = post.campaign in revision.campaigns
        zone = campaign_of(post.campaign, revision).zone if known else config().timezone
        before = facts_of(post.revision, revision.digest) if cited_by(post) else {}
        said_at = min(one.published_at or post.scheduled_for for one in live)
        for old in old_figures(post, live, revision, before, local(now, zone).date()):
            text = correction_text(old, local(said_at, zone).date())
            yield LiveError(post, live, old, text, drafted.get((post.id, old.fact.id)))


def _drafted() -> dict[tuple[int, str], int]:
    """Corrections by the post and statistic that they are about; one that was cancelled does not count."""
    made = {int(str(one.detail["post"])): one.detail for one in reversed(_entries(_DRAFTED))}
    standing = posts.several(made) if made else {}
    return {
        (int(str(detail["corrects"])), str(detail["fact"])): number
        for number, detail in made.items()
        if number in standing and standing[number].state is not PostState.WITHDRAWN
    }


def _entries(action: str) -> list[AuditEntry]:
    return audit.entries(_ON_RECORD, action, most=_MOST)


def _soon(now: datetime) -> datetime:
    """The next full quarter of an hour that leaves time to approve it."""
    later = now + timedelta(minutes=30)
    return later.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=(later.minute // 15 + 1) * 15)
