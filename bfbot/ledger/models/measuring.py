"""Figures as at a moment, and the reports made from them. Rows are only added."""

from __future__ import annotations

from django.db import models

from bfbot.ledger.models.posts import Delivery


class Snapshot(models.Model):
    """Cumulative figures of a delivery; null is unknown, never 0."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="snapshots")
    taken_at = models.DateTimeField()
    occasion = models.CharField(max_length=20)
    impressions = models.BigIntegerField(null=True)
    reach = models.BigIntegerField(null=True)
    reactions = models.BigIntegerField(null=True)
    comments = models.BigIntegerField(null=True)
    shares = models.BigIntegerField(null=True)
    saves = models.BigIntegerField(null=True)
    clicks = models.BigIntegerField(null=True)
    practice = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "occasion"],
                condition=~models.Q(occasion="asked"),
                name="one_snapshot_an_occasion",
            ),
        ]
        indexes = [models.Index(fields=["taken_at"], name="snapshot_taken")]


class AccountSnapshot(models.Model):
    """An account's own figures, once a local day."""

    account = models.CharField(max_length=80)
    day = models.DateField()
    taken_at = models.DateTimeField()
    followers = models.BigIntegerField(null=True)
    reach = models.BigIntegerField(null=True)
    reach_window = models.CharField(max_length=40, blank=True)
    practice = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="one_account_snapshot_a_day")]


class Report(models.Model):
    """A weekly report as it was made: its numbers, and the owner's comment."""

    campaign = models.CharField(max_length=80)
    week = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    numbers = models.JSONField()
    comment = models.TextField(blank=True)
    commented_by = models.CharField(max_length=120, blank=True)
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "week"], name="one_report_a_week")]
