"""A draft is written, or rewritten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.binding import TO_GO, gone_out, to_go
from bfbot.desk.moving import keeps_approval
from bfbot.desk.proofing import account_of, campaign_of
from bfbot.domain.person import Role
from bfbot.domain.post import Delivery, Origin, Post, Wording
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_POST, DeliveryState, PostState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import approvals, audit, deliveries, posts
from bfbot.library import current_revision

WINDOW = timedelta(hours=24)
"""How long a person's post is still worth sending when they do not say."""


def write(
    *,
    campaign: str,
    accounts: Sequence[str],
    wording: Wording,
    at: datetime,
    actor: str,
    now: datetime,
    window: timedelta = WINDOW,
    note: str = "",
) -> Post:
    """A person's draft. Raises UsageError for an unknown campaign or account, NotAllowed without the role."""
    revision = current_revision(now)
    people.require(actor, Role.AUTHOR, campaign_of(campaign, revision).id)
    with transaction.atomic():
        post = draft(
            campaign=campaign,
            accounts=accounts,
            wording=wording,
            at=at,
            author=actor,
            origin=Origin.PERSON,
            revision=revision,
            window=window,
            now=now,
            note=note,
        )
        audit.record(actor, "written", f"post:{post.id}", now, {"text": wording.text, "accounts": list(accounts)})
    return post


def draft(
    *,
    campaign: str,
    accounts: Sequence[str],
    wording: Wording,
    at: datetime,
    author: str,
    origin: Origin,
    revision: Revision,
    window: timedelta,
    now: datetime,
    message: str | None = None,
    release: int | None = None,
    occurrence: str | None = None,
    note: str = "",
) -> Post:
    """Lay down a post and its deliveries; the caller holds the transaction and writes the audit."""
    if not accounts:
        raise UsageError("A post needs an account to go out on.", mend="Name at least one.")
    if window <= timedelta(0):
        raise UsageError("A post needs a window longer than nothing.")
    known = revision.messages.get(message) if message else None
    post_id = posts.add(
        campaign=campaign_of(campaign, revision).id,
        origin=origin,
        wording=wording,
        author=author,
        scheduled_for=at,
        window=window,
        revision=revision.number,
        now=now,
        message=message,
        pillar=known.pillar if known else None,
        kind=known.kind if known else None,
        release=release,
        occurrence=occurrence,
        note=note,
    )
    for account_id in dict.fromkeys(accounts):
        account = _account_in(campaign, account_id, revision)
        deliveries.add(post_id, account, revision.accounts[account].platform, at, at + window)
    return posts.get(post_id)


def rewrite(
    post_id: int,
    *,
    actor: str,
    now: datetime,
    wording: Wording | None = None,
    at: datetime | None = None,
    accounts: Sequence[str] | None = None,
) -> Post:
    """Change a post of which nothing has gone out. An approval of it is void, and it is a draft again.

    One that its approver gave for longer than the post's day stays, where the post is only moved within that time.
    Whoever changes its words, pictures or accounts is its author from now on; who only moves it is not. Where
    nothing changes, nothing happens.
    """
    revision = current_revision(now)
    with transaction.atomic():
        post = posts.to_change(post_id)
        people.require(actor, Role.AUTHOR, post.campaign)
        _still_editable(post)
        words = wording if wording is not None else post.wording
        elsewhere = accounts is not None and set(accounts) != {one.account for one in to_go(post)}
        said_anew = words != post.wording or elsewhere
        if not said_anew and at in {None, post.scheduled_for}:
            return post
        if at is not None and not said_anew and _stays_approved(post, at, revision, now):
            for one in _both(post):
                reschedule(one, at, now, to_go(one))
                detail = {"at": at.isoformat(), "before": one.scheduled_for.isoformat()}
                audit.record(actor, "moved", f"post:{one.id}", now, detail)
            return posts.get(post_id)
        author = actor if said_anew else post.author
        if post.state is not PostState.DRAFT:
            posts.move(post, PostState.DRAFT, now)
        approvals.void(post.id, f"edited by {actor}", now)
        posts.reword(post, words, author=author, revision=revision.number, now=now)
        if at is not None:
            reschedule(post, at, now, to_go(post))
        else:
            call_back(post, TO_GO)
        deliveries.drop_proofs(post.id, TO_GO)
        if accounts is not None and elsewhere:
            _change_accounts(posts.get(post_id), accounts, revision)
        detail = {"text": words.text, "before": post.wording.text, "written_by": _written_by(post, author)}
        audit.record(actor, "rewritten", f"post:{post.id}", now, detail)
        if at is not None and post.pair is not None:
            _move_along(post.pair, at, actor, now)
    return posts.get(post_id)


def _stays_approved(post: Post, at: datetime, revision: Revision, now: datetime) -> bool:
    """A post and its version in the other language stay approved together, or neither does."""
    return at + post.window > now and all(keeps_approval(one, at, revision, now) for one in _both(post))


def _both(post: Post) -> list[Post]:
    """The post, and its version in the other language unless that is out or over; locked."""
    other = posts.to_change(post.pair) if post.pair is not None else None
    return [post, other] if other is not None and other.state in OPEN_POST and not gone_out(other) else [post]


def _move_along(post_id: int, at: datetime, actor: str, now: datetime) -> None:
    """The version in the other language has the same time, unless it is out or over."""
    other = posts.to_change(post_id)
    if other.state in OPEN_POST and not gone_out(other) and other.scheduled_for != at:
        rewrite(post_id, actor=actor, now=now, at=at)


def reschedule(post: Post, at: datetime, now: datetime, moved: Iterable[Delivery]) -> None:
    """Move a post, and `moved` of its deliveries, none of which has gone out; they are planned again."""
    posts.redate(post, at, post.window, now)
    for one in moved:
        deliveries.redate(one, at, at + post.window)


def call_back(post: Post, states: Collection[DeliveryState]) -> None:
    """Deliveries in one of `states` are merely planned again, at the moment they had: none of them is sent now."""
    for one in post.deliveries:
        if one.state in states and one.state is not DeliveryState.PLANNED:
            deliveries.redate(one, one.due_at, one.closes_at)


def _written_by(post: Post, author: str) -> str:
    """Whose words stood there before `author`'s own."""
    if post.author != author:
        return post.author
    before = audit.entries(subject=f"post:{post.id}", action="rewritten", most=1)
    return str(before[0].detail.get("written_by", "")) if before else ""


def _still_editable(post: Post) -> None:
    if post.state not in OPEN_POST:
        raise ContentRefused(
            f"Post {post.id} is {post.state}: it can no longer be changed.", mend="Write a new post."
        )
    gone = [one.account for one in gone_out(post)]
    if gone:
        raise ContentRefused(
            f"Post {post.id} has gone out or may be live on {', '.join(gone)}: it can no longer be changed.",
            mend="Write a new post, or delete that one.",
        )


def _change_accounts(post: Post, accounts: Sequence[str], revision: Revision) -> None:
    wanted = dict.fromkeys(_account_in(post.campaign, one, revision) for one in accounts)
    if not wanted:
        raise UsageError("A post needs an account to go out on.", mend="Name at least one.")
    cancelled = [one.account for one in post.deliveries if one.state is DeliveryState.WITHDRAWN]
    if set(cancelled) & set(wanted):
        raise ContentRefused(
            f"Post {post.id} was cancelled on {', '.join(cancelled)}.", mend="Write a new post for that account."
        )
    deliveries.remove_unsent(post.id, [one.account for one in to_go(post) if one.account not in wanted])
    for one in to_go(posts.get(post.id)):
        if one.account not in wanted:  # it was tried: kept on record, and cancelled
            deliveries.move(one, DeliveryState.WITHDRAWN, reason="withdrawn")
    for account in wanted:
        if account not in post.accounts:
            platform = revision.accounts[account].platform
            deliveries.add(post.id, account, platform, post.scheduled_for, post.scheduled_for + post.window)


def _account_in(campaign: str, account_id: str, revision: Revision) -> str:
    account = account_of(account_id, revision)
    if campaign not in account.campaigns:
        raise UsageError(
            f"{account_id} does not belong to the campaign {campaign}.",
            mend=f"It belongs to {', '.join(account.campaigns)}: see schedules/accounts.yaml.",
        )
    return account.id
