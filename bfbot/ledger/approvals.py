"""Approvals of posts, and standing approvals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bfbot.domain.approval import Approval, StandingApproval
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import models
from bfbot.ledger.light_rows import light_rows


def standing_on(post_id: int) -> Approval | None:
    """The approval of a post that has not been voided."""
    row = models.Approval.objects.filter(post_id=post_id, voided_at=None).first()
    return _to_domain(row) if row else None


def standing_on_several(post_ids: Iterable[int]) -> dict[int, Approval]:
    """By the id of the post."""
    rows = light_rows(models.Approval, "post_id", set(post_ids), "AND voided_at IS NULL")
    return {row.post_id: _to_domain(row) for row in rows}


def give(approval: Approval) -> None:
    """Raises IntegrityError when author and approver are one, or the post has an approval already."""
    models.Approval.objects.create(
        post_id=approval.post_id,
        author=approval.author,
        approver=approval.approver,
        signature=approval.signature,
        from_time=approval.from_time,
        until=approval.until,
        given_at=approval.given_at,
        confirmed=approval.confirmed,
        settled=None if approval.settled is None else list(approval.settled),
        standing_id=approval.standing,
    )


def void(post_id: int, reason: str, now: datetime) -> bool:
    """Whether there was one to void."""
    rows = models.Approval.objects.filter(post_id=post_id, voided_at=None)
    return bool(rows.update(voided_at=now, void_reason=reason))


def resting_on_lapsed() -> list[tuple[int, StandingApproval]]:
    """Approved posts that wait to go out, approved by a standing approval that has lapsed since: id and it."""
    rows = (
        models.Approval.objects.filter(
            voided_at=None,
            standing__lapsed_at__isnull=False,
            post__state=PostState.APPROVED,
            post__deliveries__state__in=[DeliveryState.PLANNED, DeliveryState.DUE],
        )
        .select_related("standing")
        .order_by("post_id")
        .distinct()
    )
    return [(row.post_id, _standing_to_domain(row.standing)) for row in rows if row.standing]


def standing_of(standing_ids: Iterable[int]) -> dict[int, StandingApproval]:
    """Those that approvals name, lapsed or not, by number."""
    wanted = set(standing_ids)
    if not wanted:
        return {}
    return {row.pk: _standing_to_domain(row) for row in models.StandingApproval.objects.filter(pk__in=wanted)}


def standing(subject: str | None = None) -> list[StandingApproval]:
    """Standing approvals that have not lapsed, newest first."""
    rows = models.StandingApproval.objects.filter(lapsed_at=None).order_by("-pk")
    if subject is not None:
        rows = rows.filter(subject=subject)
    return [_standing_to_domain(row) for row in rows]


def sign_standing(
    *,
    subject: str,
    campaign: str,
    accounts: tuple[str, ...],
    digest: str,
    signer: str,
    until: date,
    confirmed: str,
    settled: tuple[str, ...],
    now: datetime,
) -> StandingApproval:
    """A later signature under the same subject takes the place of the earlier one."""
    lapse(subject, "signed anew", now)
    return _standing_to_domain(
        models.StandingApproval.objects.create(
            subject=subject,
            campaign=campaign,
            accounts=list(accounts),
            digest=digest,
            signer=signer,
            given_at=now,
            until=until,
            confirmed=confirmed,
            settled=list(settled),
        )
    )


def lapse(subject: str, reason: str, now: datetime, *, only: int | None = None) -> int:
    """Returns how many lapsed; `only`: none but that one, for it may have been signed anew meanwhile."""
    rows = models.StandingApproval.objects.filter(subject=subject, lapsed_at=None)
    if only is not None:
        rows = rows.filter(pk=only)
    return rows.update(lapsed_at=now, lapse_reason=reason)


def _to_domain(row: models.Approval) -> Approval:
    return Approval(
        post_id=row.post_id,
        author=row.author,
        approver=row.approver,
        signature=row.signature,
        from_time=row.from_time,
        until=row.until,
        given_at=row.given_at,
        confirmed=row.confirmed,
        standing=row.standing_id,
        voided_at=row.voided_at,
        settled=None if row.settled is None else tuple(row.settled),
    )


def _standing_to_domain(row: models.StandingApproval) -> StandingApproval:
    return StandingApproval(
        id=row.pk,
        subject=row.subject,
        campaign=row.campaign,
        accounts=tuple(row.accounts),
        digest=row.digest,
        signer=row.signer,
        given_at=row.given_at,
        until=row.until,
        confirmed=row.confirmed,
        lapsed_at=row.lapsed_at,
        lapse_reason=row.lapse_reason,
        settled=None if row.settled is None else tuple(row.settled),
    )
