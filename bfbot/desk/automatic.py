"""Posts that come to be without a person: from a posting time, or from a feed. Always through the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bfbot.desk.judging import Refused, case_of
from bfbot.desk.review import grant, lay_before
from bfbot.desk.signed import covering, wording_of
from bfbot.desk.writing import draft
from bfbot.domain.approval import StandingApproval
from bfbot.domain.finding import Finding, Moment
from bfbot.domain.message import Message
from bfbot.domain.person import PLANNER, feed_author
from bfbot.domain.post import Origin, Post, Wording
from bfbot.domain.release import Release, ReleaseState
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Feed, Slot
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused
from bfbot.ledger import audit, posts, releases
from bfbot.library import current_revision
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.settled import unsettled
from bfbot.rules.verdict import confirmations, stopping


def post_from_message(
    message_id: str, *, slot: Slot, occurrence_key: str | None, moment: datetime, now: datetime
) -> Post:
    """Plan an evergreen post for a posting time; approved at once where an approver signed it for repeat.

    Raises Refused (nothing is laid down) when a rule stops the message.
    """
    revision = current_revision(now)
    message = revision.messages[message_id]
    with transaction.atomic():
        made = _drafted(message, slot, occurrence_key, moment, revision, now)
        both = [made]
        if message.pair:
            other = _drafted(revision.messages[message.pair], slot, None, moment, revision, now)
            posts.pair(made.id, other.id)
            both = [posts.get(one.id) for one in (made, other)]
        both = [lay_before(one.id, author=PLANNER, now=now, just_made=one) for one in both]
        for one in both:
            audit.record(PLANNER, "planned", f"post:{one.id}", now, {"message": one.message, "slot": slot.id})
        return _approve_if_signed([(one, f"message:{one.message}") for one in both], revision, now)[0]


def _drafted(
    message: Message, slot: Slot, occurrence_key: str | None, moment: datetime, revision: Revision, now: datetime
) -> Post:
    return draft(
        campaign=message.campaign,
        accounts=slot.accounts,
        wording=wording_of(message),
        at=moment,
        author=PLANNER,
        origin=Origin.LIBRARY,
        revision=revision,
        window=slot.window,
        now=now,
        message=message.id,
        occurrence=occurrence_key,
    )


def draft_from_release(release: Release, feed: Feed, revision: Revision, now: datetime) -> int:
    """A release becomes a post that waits for a person; or goes out after its cancel window, where that is signed.

    Returns the post's id. A rule that stops it leaves it a draft with the reason.
    """
    template = revision.templates[feed.template]
    author = feed_author(feed.id)
    at = now + feed.auto_after if feed.auto_after is not None else now
    with transaction.atomic():
        post = draft(
            campaign=feed.campaigns[0],
            accounts=feed.accounts,
            wording=Wording(text=template.text, variants=template.variants, link=release.link),
            at=at,
            author=author,
            origin=Origin.RELEASE,
            revision=revision,
            window=feed.window,
            now=now,
            release=release.id,
        )
        audit.record(author, "found", f"post:{post.id}", now, {"release": release.id, "title": release.title})
        state = ReleaseState.DRAFTED
        try:
            post = lay_before(post.id, author=author, now=now, just_made=post)
        except ContentRefused:
            pass  # on record, and in the post's note
        else:
            if feed.auto_after is not None:
                (post,) = _approve_if_signed([(post, f"feed:{feed.id}")], revision, now)
            if post.state is PostState.APPROVED:
                state = ReleaseState.QUEUED
        releases.set_state(release.id, state)
    return post.id


def _approve_if_signed(waiting: Sequence[tuple[Post, str]], revision: Revision, now: datetime) -> list[Post]:
    """Approve all of them, each under the standing signature of its subject; else all go on waiting for a person.

    What the signer confirmed counts for the evergreen post that was signed; a feed's figures nobody has seen.
    """
    found = [(post, covering(subject, post.accounts, revision, now)) for post, subject in waiting]
    signed = [(post, given) for post, given in found if given is not None]
    if len(signed) < len(found):
        return [post for post, _ in found]
    stopped = False
    claims: dict[int, tuple[Finding, ...]] = {}
    for post, given in signed:
        found_now = judge(case_of(post, Moment.APPROVE, now=now, revision=revision, actor=given.signer), RULES)
        claims[post.id] = confirmations(found_now)
        word = given if post.origin is Origin.LIBRARY else None
        stops = stopping(unsettled(found_now, word, post.accounts), Moment.APPROVE)
        if stops:
            posts.note(post.id, str(Refused(stops)))
            stopped = True
    for post, given in signed if not stopped else []:
        grant(
            post,
            approver=given.signer,
            now=now,
            revision=revision,
            confirmed=_confirmed(post, given),
            standing=given.id,
            settled=claims[post.id],
        )
    return [posts.get(post.id) for post, _ in signed]


def _confirmed(post: Post, given: StandingApproval) -> str:
    return given.confirmed if post.origin is Origin.LIBRARY else ""
