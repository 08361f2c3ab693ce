"""Watched feeds and their releases."""

from __future__ import annotations

from django.db import models

from bfbot.domain.release import ReleaseState


class FeedState(models.Model):
    """What is remembered of a feed between two readings. Validators change only with the items recorded."""

    feed = models.CharField(max_length=80, primary_key=True)
    etag = models.TextField(blank=True)
    last_modified = models.TextField(blank=True)
    body_digest = models.CharField(max_length=64, blank=True)
    final_url = models.TextField(blank=True)
    primed_at = models.DateTimeField(null=True)
    last_polled_at = models.DateTimeField(null=True)
    last_ok_at = models.DateTimeField(null=True)
    next_poll_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    disabled_reason = models.TextField(blank=True)


class Release(models.Model):
    """An item of a feed, cleaned. `identity` is the rung of the ladder that it was recognised by."""

    feed = models.CharField(max_length=80)
    identity = models.CharField(max_length=200)
    guid = models.TextField(blank=True)
    link = models.TextField(blank=True)
    title = models.TextField()
    summary = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=[(one.value, one.value) for one in ReleaseState])
    why = models.TextField(blank=True)
    content_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "identity"], name="one_release_an_identity")]
        indexes = [models.Index(fields=["feed", "link"], name="release_link")]
