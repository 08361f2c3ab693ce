"""Where each account stands between muted and live, and what its conditions rest on, as domain objects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Count, F, Q

from bfbot.domain.going_live import FirstPost, Reviewed, Stage, Tried
from bfbot.domain.hold import Scope
from bfbot.domain.person import PLANNER, feed_author
from bfbot.domain.post import AUTOMATIC
from bfbot.domain.schedule import Account
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import audit, models

_WAITING = [DeliveryState.PLANNED, DeliveryState.DUE]
_ITSELF = Q(post__author="") | Q(post__author=PLANNER) | Q(post__author__startswith=feed_author(""))
_AUTOMATIC = Q(post__origin__in=[str(one) for one in AUTOMATIC])


def stages(accounts: Iterable[str]) -> dict[str, Stage]:
    """By account, each of them; one that was never seen is muted."""
    names = list(accounts)
    known = {row.account: _stage(row) for row in models.AccountState.objects.filter(pk__in=names)}
    return {one: known.get(one, Stage(one)) for one in names}


def see(accounts: Mapping[str, Account], now: datetime) -> None:
    """Remember since when each stands in the files. One that is elsewhere now is another account: it is muted."""
    known = {row.account: row for row in models.AccountState.objects.filter(pk__in=list(accounts))}
    fresh = [
        models.AccountState(account=name, seen_at=now, seen_as=_place(one))
        for name, one in accounts.items()
        if name not in known
    ]
    if fresh:
        models.AccountState.objects.bulk_create(fresh, ignore_conflicts=True)
    for name, row in known.items():
        place = _place(accounts[name])
        if row.seen_as == place:
            continue
        fields: dict[str, object] = {"seen_as": place}
        if row.seen_as or row.seen_at is None:
            fields["seen_at"] = now
        models.AccountState.objects.filter(pk=name).update(**fields)
        if row.seen_as and (row.live_since is not None or row.asked_by):
            why = f"It is another account now: {row.seen_as} became {place}."
            take_back(name, "bfbot", why, now)
            audit.record("bfbot", "muted", f"account:{name}", now, {"reason": why})


def ask(account: str, by: str, now: datetime) -> bool:
    """False when somebody asked already, or it is live."""
    models.AccountState.objects.get_or_create(account=account)
    rows = models.AccountState.objects.filter(pk=account, asked_by="", live_since=None)
    return bool(rows.update(asked_by=by, asked_at=now))


def go_live(account: str, by: str, now: datetime) -> bool:
    """False when nobody asks, or it is live. The database refuses one person for both."""
    rows = models.AccountState.objects.filter(pk=account, live_since=None).exclude(asked_by="")
    return bool(rows.update(live_by=by, live_since=now))


def take_back(account: str, by: str, reason: str, now: datetime) -> bool:
    """Muted, and nobody asks any more. False when it was so already."""
    rows = models.AccountState.objects.filter(pk=account).exclude(live_since=None, asked_by="")
    cleared = {"asked_by": "", "asked_at": None, "live_by": "", "live_since": None}
    return bool(rows.update(**cleared, muted_by=by, muted_at=now, muted_reason=reason))


def review(account: str, by: str, facts: Mapping[str, str], now: datetime) -> None:
    """Keep an approver's word on these statistics."""
    models.StatisticsReview.objects.create(account=account, by=by, at=now, facts=dict(facts))


def reviewed(account: str, since: datetime | None) -> Reviewed | None:
    """The latest word since that moment."""
    rows = models.StatisticsReview.objects.filter(account=account).order_by("-pk")
    row = (rows.filter(at__gte=since) if since else rows).first()
    return Reviewed(row.by, row.at, row.facts) if row else None


def tried_pause(account: str, campaigns: Collection[str], since: datetime | None) -> Tried | None:
    """The latest pause since then that people gave and lifted: of the account, one of its campaigns or all."""
    about = (
        Q(scope=Scope.EVERYTHING)
        | Q(scope=Scope.ACCOUNT, scope_id=account)
        | Q(scope=Scope.CAMPAIGN, scope_id__in=list(campaigns))
    )
    rows = models.Hold.objects.filter(about, automatic_only=False, lifted_at__isnull=False)
    rows = rows.exclude(placed_by="bfbot").exclude(lifted_by="").exclude(lifted_by="bfbot")
    row = (rows.filter(starts_at__gte=since) if since else rows).order_by("-lifted_at").first()
    if row is None or row.lifted_at is None:
        return None
    return Tried(row.placed_by, row.starts_at, row.lifted_by, row.lifted_at)


def first_post(account: str, since: datetime | None) -> FirstPost | None:
    """The first post since then that is live on it, that a person wrote and another approved."""
    rows = models.Approval.objects.filter(
        voided_at=None,
        standing=None,
        signature=F("post__signature"),
        post__deliveries__account=account,
        post__deliveries__state=DeliveryState.PUBLISHED,
    )
    rows = rows.exclude(_AUTOMATIC & _ITSELF)
    if since is not None:
        rows = rows.filter(post__deliveries__published_at__gte=since)
    when = "post__deliveries__published_at"
    found = rows.order_by(when).values("post_id", "author", "approver", when).first()
    if found is None or found[when] is None:
        return None
    return FirstPost(found["post_id"], found["author"], found["approver"], found[when])


def waiting_by_itself(accounts: Collection[str]) -> dict[str, int]:
    """How many approved posts that nobody wrote are still to go out, by account; those with none are left out."""
    rows = models.Delivery.objects.filter(
        _AUTOMATIC & _ITSELF, account__in=list(accounts), state__in=_WAITING, post__state=PostState.APPROVED
    )
    return {one["account"]: one["count"] for one in rows.values("account").annotate(count=Count("pk")).order_by()}


def due_by_itself(account: str, now: datetime) -> list[int]:
    """Deliveries of such posts whose moment has come."""
    rows = models.Delivery.objects.filter(
        _AUTOMATIC & _ITSELF, account=account, state__in=_WAITING, due_at__lte=now, post__state=PostState.APPROVED
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _place(account: Account) -> str:
    return f"{account.platform} {account.base_url}".strip()


def _stage(row: models.AccountState) -> Stage:
    return Stage(
        account=row.account,
        seen_at=row.seen_at,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        live_since=row.live_since,
        live_by=row.live_by,
        muted_by=row.muted_by,
        muted_at=row.muted_at,
        muted_reason=row.muted_reason,
    )
