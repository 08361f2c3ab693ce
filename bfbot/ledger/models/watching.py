"""What bfbot told people about itself, and the row that it writes to see whether it can write."""

from __future__ import annotations

from django.db import models


class Alert(models.Model):
    """A trouble that was there. `fingerprint` changes when it becomes another one; `over_at` when it went away.

    `told_at` is empty while nobody could be told.
    """

    key = models.CharField(max_length=200, primary_key=True)
    fingerprint = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["over_at"], name="alert_over")]


class Probe(models.Model):
    """One row for each thing that is written only to see whether writing works, or when it last happened."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
