"""The first minute of the sample workspace: posts going out, one held back, some to decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from bfbot.desk import review, standing, writing
from bfbot.desk.judging import Refused
from bfbot.domain.message import Message
from bfbot.domain.post import Origin, Post, Wording
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Slot
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused
from bfbot.ledger import approvals, occurrences, posts
from bfbot.library import current_revision
from bfbot.planning.rotation import Use, candidates
from bfbot.sample.history import CONFIRMED
from bfbot.sample.people import DEMO_APPROVER, DEMO_AUTHOR

CAMPAIGN = "bright-futures"
ACCOUNT = "practice-lga"
FIRST_AFTER = timedelta(seconds=6)
BETWEEN = timedelta(seconds=12)
POSTS = 4
SIGNED = 30
RESTS = (21, 10, 3)
REFUSED_TEXT = "Children’s services face a gap of {fact:funding-gap-2025b} {period:funding-gap-2025b}."


def open_the_day(now: datetime) -> None:
    """Sign some evergreen posts for repeat, let four go out at once, and have one refused with its mend."""
    revision = current_revision(now)
    if not approvals.standing():
        sign_some(revision, now)
    found = _next_up(revision, now)
    plain, pictured = iter([one for one in found if not one.media]), iter([one for one in found if one.media])
    sent = 0
    for wanted, messages in ((POSTS - 1, plain), (POSTS, pictured), (POSTS, plain)):  # a picture as the last
        while sent < wanted and (message := next(messages, None)) is not None:
            if _send_soon(message, now + FIRST_AFTER + sent * BETWEEN, revision, now):
                sent += 1
    drafts = posts.listing(states=[PostState.DRAFT], campaign=CAMPAIGN)
    if not any(one.wording.text == REFUSED_TEXT for one in drafts):
        _be_refused(now)


def sign_some(revision: Revision, now: datetime) -> None:
    """The demo approver signs every other evergreen post that needs no confirmation, for ninety days."""
    until = (now + timedelta(days=90)).date()
    signed = 0
    for message in list(revision.messages.values())[::2]:
        if signed == SIGNED:
            break
        try:
            standing.sign_message(message.id, actor=DEMO_APPROVER, now=now, until=until)
        except ContentRefused:
            continue  # it needs a person each time; the pages show why
        signed += 1


def _next_up(revision: Revision, now: datetime) -> list[Message]:
    """Evergreen posts in the order of the rotation, as if a posting time had come.

    Where eight weeks of practice left too few rested ones, shorter rests will do.
    """
    slot = Slot(
        id="opening",
        campaign=CAMPAIGN,
        days=frozenset(range(7)),
        at=now.time(),
        kinds=frozenset({"action", "ask", "case-study"}),  # what is of a day of the year would be out of season
        accounts=(ACCOUNT,),
        window=timedelta(hours=2),
    )
    zone = revision.campaigns[CAMPAIGN].zone
    uses = [
        Use(row.message, row.pillar, row.text, row.accounts, row.at)
        for row in occurrences.uses(now - timedelta(days=60))
    ]
    for rest in RESTS:
        rested = [replace(one, rest_days=min(one.rest_days, rest)) for one in revision.messages.values()]
        found = candidates(rested, slot, now, zone, uses)
        if len(found) >= 2 * POSTS:
            break
    return [revision.messages[one.id] for one in found]


def _send_soon(message: Message, at: datetime, revision: Revision, now: datetime) -> Post | None:
    """An author picks an evergreen post, an approver agrees: it goes out at any hour, quiet times included."""
    try:
        with transaction.atomic():
            post = writing.draft(
                campaign=CAMPAIGN,
                accounts=(ACCOUNT,),
                wording=standing.wording_of(message),
                at=at,
                author=DEMO_AUTHOR,
                origin=Origin.PERSON,
                revision=revision,
                window=timedelta(hours=2),
                now=now,
                message=message.id,
            )
            review.submit(post.id, actor=DEMO_AUTHOR, now=now)
            return review.approve(post.id, actor=DEMO_APPROVER, now=now, confirmed=CONFIRMED)
    except ContentRefused:
        return None


def _be_refused(now: datetime) -> None:
    """The demo author tries a figure that has expired: the desk says no, and what to do."""
    post = writing.write(
        campaign=CAMPAIGN,
        accounts=(ACCOUNT,),
        wording=Wording(REFUSED_TEXT),
        at=now + timedelta(hours=1),
        actor=DEMO_AUTHOR,
        now=now,
    )
    try:
        review.submit(post.id, actor=DEMO_AUTHOR, now=now)
    except Refused:
        return
