"""Posts, deliveries, Proofs, parts and attempts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bfbot.domain.post import Origin
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger.models.library import Occurrence, Revision
from bfbot.ledger.models.news import Release


class Proof(models.Model):
    """What goes out on one account, by its digest. Never changed."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.JSONField()
    made_at = models.DateTimeField()


class Post(models.Model):
    """One text for one moment. `author` is a user's name, "planner" or "feed:ID"."""

    campaign = models.CharField(max_length=80)
    origin = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Origin])
    state = models.CharField(max_length=16, choices=[(one.value, one.value) for one in PostState])
    text = models.TextField()
    variants = models.JSONField(default=dict)
    media = models.JSONField(default=list)
    link = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    pair = models.PositiveBigIntegerField(null=True)  # the post that says the same in the other language
    author = models.CharField(max_length=120)
    first_planned_at = models.DateTimeField()
    scheduled_for = models.DateTimeField()
    window_seconds = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="posts")
    message = models.CharField(max_length=80, null=True)
    pillar = models.CharField(max_length=80, null=True)
    kind = models.CharField(max_length=16, null=True)
    release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="posts")
    occurrence = models.OneToOneField(Occurrence, null=True, on_delete=models.PROTECT, related_name="post")
    signature = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["state", "scheduled_for"], name="post_state_when"),
            models.Index(fields=["campaign", "scheduled_for"], name="post_campaign_when"),
            models.Index(fields=["message", "scheduled_for"], name="post_message_when"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in PostState]), name="post_state_known"
            ),
        ]


class Delivery(models.Model):
    """A post on one account: owns state, key, window and attempts. The claim is `worker` and `claimed_at`."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deliveries")
    account = models.CharField(max_length=80)
    platform = models.CharField(max_length=40)
    state = models.CharField(max_length=16, choices=[(one.value, one.value) for one in DeliveryState])
    key = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    claimed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    reason = models.CharField(max_length=40, blank=True)
    proof = models.ForeignKey(Proof, null=True, on_delete=models.PROTECT, related_name="deliveries")
    published_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    vouched = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_state_due"),
            models.Index(fields=["account", "state", "due_at"], name="delivery_account_due"),
            models.Index(fields=["published_at"], name="delivery_published"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["post", "account"], name="one_delivery_an_account"),
            # At most one request of an account is on its way, whoever sends it.
            models.UniqueConstraint(
                fields=["account"], condition=Q(state="sending"), name="one_sending_an_account"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in DeliveryState]), name="delivery_state_known"
            ),
        ]


class Part(models.Model):
    """A part that the network confirmed."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    remote_id = models.CharField(max_length=200)
    url = models.TextField(blank=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="one_row_a_part")]


class Attempt(models.Model):
    """A request, written down before it is made; `outcome` is filled in after it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="tries")
    part = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80)
    action = models.CharField(max_length=16)  # publish | find | delete
    outcome = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
