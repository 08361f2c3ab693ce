"""What was found behind the links of posts."""

from __future__ import annotations

from django.db import models

from bfbot.domain.link import LinkState


class LinkCheck(models.Model):
    """The last look at one page. `address` is without tracking; `status` 0: there was no answer."""

    address = models.TextField(unique=True)
    state = models.CharField(max_length=16, choices=[(one.value, one.value) for one in LinkState])
    status = models.PositiveSmallIntegerField(default=0)
    final = models.TextField(blank=True)
    why = models.TextField(blank=True)
    checked_at = models.DateTimeField()
