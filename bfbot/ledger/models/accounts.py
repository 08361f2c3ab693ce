"""Accounts: how their networks treat them, and how two people came to let them go live."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact


class AccountState(models.Model):
    """An account's next moment after a rate limit, and why it is stopped if it is; and where it stands.

    `seen_at` is when it first stood in the files as it is now: `seen_as` is its network and address. Until
    `live_since` is set it is muted. The database takes nobody who asks and confirms.
    """

    account = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField(null=True)
    stopped_reason = models.TextField(blank=True)
    stopped_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_as = models.TextField(blank=True, default="")
    asked_by = models.CharField(max_length=120, blank=True, default="")
    asked_at = models.DateTimeField(null=True)
    live_since = models.DateTimeField(null=True)
    live_by = models.CharField(max_length=120, blank=True, default="")
    muted_by = models.CharField(max_length=120, blank=True, default="")
    muted_at = models.DateTimeField(null=True)
    muted_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(live_by="") | ~Q(Exact(Lower("asked_by"), Lower("live_by"))), name="live_by_two_people"
            ),
        ]


class StatisticsReview(models.Model):
    """An approver's word for one account: these statistics were reviewed. `facts` has a digest for each id."""

    account = models.CharField(max_length=80)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    facts = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["account"], name="review_account")]
