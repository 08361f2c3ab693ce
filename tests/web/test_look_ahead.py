"""The page that looks ahead: what stands on it, for whom, and that it changes nothing."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse

from bfbot.domain.post import Post
from bfbot.ledger import models
from tests.web.conftest import SignIn

SLOTS = """\
slots:
  - {id: noon, campaign: futures, days: daily, at: "12:00", kinds: [action], accounts: [practice], window: 2 h}
  - {id: figures, campaign: futures, days: mon, at: "15:00", kinds: [statistic], accounts: [practice], window: 2 h}
"""


def _page(signed_in: SignIn, who: str = "viewer", asked: str = "") -> str:
    return str(signed_in(who).get(reverse("look-ahead") + asked).content.decode())


def test_posts_refusals_themes_and_cost_stand_on_it_and_nothing_is_stored(
    workspace: Path, waiting: Post, signed_in: SignIn
) -> None:
    (workspace / "schedules" / "slots.yaml").write_text(SLOTS)
    before = models.Post.objects.count(), models.Occurrence.objects.count(), models.AuditEntry.objects.count()
    html = _page(signed_in)
    assert "Help that comes early changes a childhood." in html
    assert f'href="{reverse("post", args=[waiting.id])}"' in html
    assert "expired on 31 December 2020" in html
    assert "old-gap" in html
    assert "Posting times with nothing to say" in html
    assert "Cost on X: an estimate" in html
    assert "13 August 2026" in html
    assert (models.Post.objects.count(), models.Occurrence.objects.count()) == before[:2]
    assert models.AuditEntry.objects.count() == before[2]


def test_the_navigation_leads_there_and_a_week_is_chosen(signed_in: SignIn) -> None:
    assert '<a href="/look-ahead" aria-current="page">Look ahead</a>' in _page(signed_in)
    assert 'href="/look-ahead?weeks=8" aria-current="true"' in _page(signed_in, asked="?weeks=8")
    for odd in ("?weeks=104", "?weeks=x", "?weeks=²", "?weeks=-1"):
        assert 'href="/look-ahead?weeks=4" aria-current="true"' in _page(signed_in, asked=odd)


def test_another_campaign_s_weeks_are_nobody_s_business(waiting: Post, signed_in: SignIn) -> None:
    models.Membership.objects.filter(user__name="viewer").update(campaign="elsewhere")
    html = _page(signed_in)
    assert "Children do best" not in html
    assert "Early help" not in html
    assert "Other" in html
