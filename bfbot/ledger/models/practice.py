"""The practice channel's own store: it stands for a network's server, so the desk never reads it."""

from __future__ import annotations

from django.db import models


class PracticePost(models.Model):
    """A post on the practice channel. `key` makes a second request with the same key find the first post."""

    account = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    text = models.TextField()
    media = models.JSONField(default=list)
    reply_to = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="one_practice_post_a_key")]
        indexes = [models.Index(fields=["account", "created_at"], name="practice_timeline")]
