"""What people decided: approvals, standing approvals, holds, and the audit of it all."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from bfbot.domain.hold import Scope
from bfbot.ledger.models.posts import Post


class StandingApproval(models.Model):
    """An approver's signature under a message version or a feed's template."""

    subject = models.CharField(max_length=120)
    campaign = models.CharField(max_length=80)
    accounts = models.JSONField()
    digest = models.CharField(max_length=64)
    signer = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    until = models.DateField()
    confirmed = models.TextField(blank=True)
    settled = models.JSONField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    lapse_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="standing_subject")]


class Approval(models.Model):
    """Bound to what will be sent (`signature`) and to a time range."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="approvals")
    author = models.CharField(max_length=120)
    approver = models.CharField(max_length=120)
    signature = models.CharField(max_length=64)
    from_time = models.DateTimeField()
    until = models.DateTimeField()
    given_at = models.DateTimeField()
    confirmed = models.TextField(blank=True)
    settled = models.JSONField(null=True)
    standing = models.ForeignKey(StandingApproval, null=True, on_delete=models.PROTECT, related_name="approvals")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            # Capitals make no other person. What else looks alike to an eye is told apart in code.
            models.CheckConstraint(
                condition=~Q(Exact(Lower("author"), Lower("approver"))), name="author_is_not_approver"
            ),
            models.UniqueConstraint(
                fields=["post"], condition=Q(voided_at=None), name="one_standing_approval_a_post"
            ),
        ]


class Hold(models.Model):
    """A stop. Lifting it is a date, never a deletion."""

    scope = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Scope])
    scope_id = models.CharField(max_length=80, blank=True)
    reason = models.TextField()
    placed_by = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    automatic_only = models.BooleanField(default=False)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=120, blank=True)
    lift_reason = models.TextField(blank=True)


class AuditEntry(models.Model):
    """One decision. `hash` covers the entry and the hash before it: a changed or missing row shows."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    os_user = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    detail = models.JSONField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="audit_subject")]


class Clearance(models.Model):
    """Two people let one post through one pause: one asks, another gives. Bound to the post as it was then."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="clearances")
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="clearances")
    signature = models.CharField(max_length=64)
    reason = models.TextField()
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    given_by = models.CharField(max_length=120, blank=True)
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(Exact(Lower("asked_by"), Lower("given_by"))), name="cleared_by_two_people"
            ),
            models.UniqueConstraint(fields=["post", "hold", "signature"], name="one_clearance_a_version"),
        ]


class SignOff(models.Model):
    """An approver answers by name for a post or an evergreen post in one pre-election period."""

    period = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    signer = models.CharField(max_length=120)
    said = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject"], name="sign_off_subject")]


class OwnerSignOff(models.Model):
    """Somebody who approves for another organisation agrees to a post, or an evergreen post, that names it."""

    owner = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    signer = models.CharField(max_length=120)
    said = models.TextField()
    given_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="owner_sign_off_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "subject", "digest", "signer"],
                condition=Q(taken_back_at=None),
                name="one_owner_sign_off_a_version",
            ),
        ]
