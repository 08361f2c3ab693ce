"""Quoted words that wait for whoever says them, and the record that they agreed to these very words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.about_people import with_people
from bfbot.desk.judging import case_of
from bfbot.desk.laid_out import laid_out
from bfbot.desk.proofing import campaign_of
from bfbot.desk.signed import wording_of
from bfbot.domain.finding import Moment
from bfbot.domain.message import Message
from bfbot.domain.person import PLANNER, Role
from bfbot.domain.post import Delivery, Origin, Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_POST, DeliveryState, PostState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import audit, posts, quote_sign_offs
from bfbot.library import current_revision
from bfbot.rules.base import Case
from bfbot.rules.quotations import MAY_QUOTE, Quotation
from bfbot.rules.quotes import is_signed, quoted


@dataclass(frozen=True)
class QuoteSeen:
    """One quotation of `post:ID` or `message:ID`. `by`: ids of the register to whom the text gives it."""

    subject: str
    campaign: str
    words: str
    by: tuple[str, ...]
    signed: bool


def waiting_quotes(now: datetime, open_posts: Iterable[Post] | None = None) -> list[QuoteSeen]:
    """Those not signed off, of evergreen posts and of posts that may still go out; each once.

    `open_posts`: these, where they are at hand. Sign-offs are looked up once, for Today asks every few seconds.
    """
    revision = current_revision(now)
    cases = [(f"message:{one.id}", _bare(one, revision, now)) for one in _quoting(revision)]
    for post in posts.listing(states=OPEN_POST) if open_posts is None else open_posts:
        if post.campaign in revision.campaigns and (_marked(post) or _declares(post, revision)):
            cases.append((f"post:{post.id}", laid_out(post, revision, now)))
    signed = quote_sign_offs.signed({one.digest for _, case in cases for _, one in quoted(case)})
    seen = (one for subject, case in cases for one in _seen(subject, case, signed) if not one.signed)
    return list(dict.fromkeys(seen))


def sign_quotes(subject: str, speaker: str, *, actor: str, now: datetime, said: str) -> tuple[str, ...]:
    """An approver puts on record that `speaker` (an id of the register) agreed to their words in it.

    `said`: how they agreed. Gives the words. Raises ContentRefused where none of them wait for that person.
    """
    revision = current_revision(now)
    if speaker not in revision.spokespeople:
        known = ", ".join(revision.spokespeople) or "none yet"
        raise UsageError(f"There is no spokesperson “{speaker}”.", mend=f"spokespeople in messages/: {known}.")
    if not said.strip():
        raise ContentRefused("A sign-off needs its ground.", mend="Say how they agreed: a letter, a call, a mail.")
    with transaction.atomic():
        case = _case_named(subject, revision, now)
        people.require(actor, Role.APPROVER, case.campaign.id)
        wanted = [one for one in _unsigned(case) if not one.by or speaker in one.by]
        if not wanted:
            raise ContentRefused(f"No words of {speaker} wait in {subject}.", mend="See `bfbot quote list`.")
        for one in wanted:
            quote_sign_offs.add(by=speaker, digest=one.digest, signer=actor, said=said.strip(), now=now)
        told = {"by": speaker, "words": [one.words for one in wanted], "reason": said.strip()}
        audit.record(actor, "quote signed off", subject, now, told)
    return tuple(one.words for one in wanted)


def _unsigned(case: Case) -> list[Quotation]:
    found = {one.digest: one for _, one in quoted(case) if not is_signed(case, one)}
    return list(found.values())


def _seen(subject: str, case: Case, signed: frozenset[tuple[str, str]]) -> list[QuoteSeen]:
    judged = replace(case, quotes_signed=signed)
    return [
        QuoteSeen(subject, case.campaign.id, one.words, one.by, is_signed(judged, one)) for _, one in quoted(case)
    ]


def _case_named(subject: str, revision: Revision, now: datetime) -> Case:
    kind, _, name = subject.partition(":")
    if kind == "message" and name in revision.messages:
        return with_people(_bare(revision.messages[name], revision, now))
    if kind == "post" and name.isdecimal():
        return case_of(posts.get(int(name)), Moment.APPROVE, now=now, revision=revision)
    raise UsageError(f"“{subject}” is no post.", mend="Name it like post:12, or message:ID for an evergreen post.")


def _quoting(revision: Revision) -> list[Message]:
    return [
        one
        for one in revision.messages.values()
        if one.quote is not None or any(MAY_QUOTE.search(text) for text in (one.text, *one.variants.values()))
    ]


def _marked(post: Post) -> bool:
    texts = [one.proof.text for one in post.deliveries if one.proof]
    texts = texts or [post.wording.text, *post.wording.variants.values()]
    return any(MAY_QUOTE.search(text) for text in (*texts, *(media.alt for media in post.wording.media)))


def _declares(post: Post, revision: Revision) -> bool:
    message = revision.messages.get(post.message or "")
    return message is not None and message.quote is not None


def _bare(message: Message, revision: Revision, now: datetime) -> Case:
    """An evergreen post as if it went out now on every account of its campaign, in its author's words."""
    accounts = [one for one in revision.accounts.values() if message.campaign in one.campaigns]
    window = timedelta(hours=1)
    going = tuple(
        Delivery(0, 0, one.id, one.platform, DeliveryState.PLANNED, "", now, now + window, now, 0)
        for one in accounts
    )
    post = Post(
        id=0,
        campaign=message.campaign,
        origin=Origin.LIBRARY,
        state=PostState.DRAFT,
        wording=replace(wording_of(message), media=()),
        author=PLANNER,
        first_planned_at=now,
        scheduled_for=now,
        window=window,
        revision=revision.number,
        deliveries=going,
        message=message.id,
    )
    return Case(
        moment=Moment.SUBMIT,
        now=now,
        post=post,
        campaign=campaign_of(message.campaign, revision),
        revision=revision,
        deliveries=going,
        proofs={},
        limits={},
        message=message,
    )
