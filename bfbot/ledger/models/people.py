"""Users, and the role each holds for a campaign or for all of them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from bfbot.domain.person import EVERY_CAMPAIGN, Role


class User(AbstractBaseUser):
    """`name` is what people sign in with, what commands take and what the audit shows."""

    name = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = BaseUserManager["User"]()

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role for one campaign's id, or for "*"."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    campaign = models.CharField(max_length=80, default=EVERY_CAMPAIGN)
    role = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "campaign"], name="one_role_a_campaign"),
            models.CheckConstraint(condition=Q(role__in=[one.value for one in Role]), name="role_known"),
        ]
