"""Revisions of the team's files, stored pictures, and the occurrences of posting times."""

from __future__ import annotations

from django.db import models


class Revision(models.Model):
    """One good state of messages/ and schedules/. Never changed, never deleted."""

    number = models.PositiveIntegerField(primary_key=True)
    digest = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()
    content = models.JSONField()


class Blob(models.Model):
    """A picture whose bytes lie in var/media under its sha256."""

    digest = models.CharField(max_length=64, primary_key=True)
    mime = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField()


class Occurrence(models.Model):
    """One coming of a posting time, keyed by schedule and local wall time: a key is used once, ever.

    `outcome` says in words why no post came of it, where none did.
    """

    key = models.CharField(max_length=160, primary_key=True)
    slot = models.CharField(max_length=80)
    campaign = models.CharField(max_length=80)
    moment = models.DateTimeField()
    planned_at = models.DateTimeField()
    outcome = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["moment"], name="occurrence_moment")]
