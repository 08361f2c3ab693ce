"""Posts that wait over a week, and the form of the page on which they are approved."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from bfbot.desk import review, writing
from bfbot.domain.localtime import local
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import PostState
from bfbot.ledger import posts

TEXTS = (
    "Foster carers open their doors at short notice, day and night.",
    "Youth workers hear first what a young person will not say at home.",
    "{fact:waits} of families waited longer.",
)
WEEK, APPROVE = "/queue/week", "/queue/week/approve"
Form = dict[str, Any]


ZONE = "Europe/London"


def today() -> date:
    """By the campaign's clock: for an hour of each summer's night it is another day than by UTC."""
    return local(datetime.now(UTC), ZONE).date()


def waiting(text: str, days: int = 1, *, hour: int = 12, author: str = "author", **more: Any) -> Post:
    """For that hour by the campaign's clock, so many days from today: no change of the clocks moves it."""
    now = datetime.now(UTC)
    at = datetime.combine(today() + timedelta(days), time(hour), ZoneInfo(ZONE)).astimezone(UTC)
    wording = Wording(text=text, **more)
    post = writing.write(campaign="futures", accounts=["practice"], wording=wording, at=at, actor=author, now=now)
    return review.submit(post.id, actor=author, now=now)


def three_of_three_days() -> list[Post]:
    """The last wants a word."""
    return [waiting(text, place + 1) for place, text in enumerate(TEXTS)]


def form_of(client: Client, query: str = "") -> Form:
    """As a browser would send it back: the hidden fields, what is ticked, and what is typed."""
    return fields(client.get(WEEK + query).content.decode())


def fields(html: str) -> Form:
    main = html[html.index('<form method="post" action="/queue/week/approve"') :]
    main = main[: main.index("</form>")]
    form: Form = dict(re.findall(r'<input type="hidden" name="([a-z0-9-]+)" value="([^"]*)"', main))
    form["post"] = re.findall(r'name="post" value="(\d+)" checked', main)
    form |= dict(re.findall(r'<textarea id="[^"]*" name="([a-z0-9-]+)"[^>]*>([^<]*)</textarea>', main))
    return form


def states(*wanted: Post) -> list[PostState]:
    return [posts.get(one.id).state for one in wanted]
