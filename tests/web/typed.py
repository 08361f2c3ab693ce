"""The form of a post as an author types it, and the one post that comes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse

from bfbot.domain.post import Post
from bfbot.ledger import models, posts
from tests.web.conftest import SignIn

TOMORROW = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}T09:30"
FORM = {"text": "Help that comes early lasts.", "account": "practice", "when": "at", "at": TOMORROW}


def write(signed_in: SignIn, **form: Any) -> Any:
    return signed_in("author").post(reverse("write-new", args=["futures"]), {**FORM, **form})


def only_post() -> Post:
    return posts.get(models.Post.objects.get().pk)
