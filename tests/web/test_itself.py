"""What bfbot says of itself on Today, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from bfbot.config import config
from bfbot.engine.health import Pulse
from bfbot.ledger import alerts
from bfbot.web import itself as module
from tests.web.conftest import SignIn

NOW = datetime.now(UTC)


def today(signed_in: SignIn, who: str = "approver") -> str:
    return signed_in(who).get(reverse("today")).content.decode()


def test_a_late_clock_stands_on_today_and_goes_away(signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [0.0]
    pulse = Pulse(lambda: seconds[0])
    monkeypatch.setattr(module, "pulse", pulse)
    assert "bfbot is late" not in today(signed_in), "nothing has begun"
    pulse.beat()
    seconds[0] = 300
    assert "bfbot is late: for 5 min it has looked at nothing that is due." in today(signed_in)
    pulse.beat()
    assert "bfbot is late" not in today(signed_in)


def test_a_missing_backup_and_a_quiet_feed_are_named_with_their_alert(signed_in: SignIn) -> None:
    alerts.notice("backup", "late", "No backup has been written since Friday.", "/", NOW)
    alerts.notice("quiet:news", "x", "The feed news is read, and has brought nothing.", "/news", NOW)
    alerts.notice("delivery:1", "x", "Post 1 failed.", "/posts/1", NOW)
    html = today(signed_in)
    assert "No backup has been written since Friday." in html
    assert "The feed news is read, and has brought nothing." in html
    assert "Post 1 failed." not in html, "posts stand there themselves"
    alerts.over(["backup", "quiet:news"], NOW)
    assert "No backup has been written" not in today(signed_in)


def test_that_nobody_can_be_told_is_told_to_approvers(signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    no_address = "no address for alerts is set"
    assert no_address in today(signed_in)
    assert no_address not in today(signed_in, "viewer")
    monkeypatch.setattr(module, "config", lambda: replace(config(), alert_urls=("json://127.0.0.1:9/x",)))
    assert no_address not in today(signed_in)
    now = datetime.now(UTC)
    alerts.notice("delivery:1", "x", "Post 1 failed.", "/posts/1", now)
    assert "No address for alerts takes a message" not in today(signed_in), "it may be on its way"
    alerts.notice("delivery:1", "x", "Post 1 failed.", "/posts/1", now - timedelta(minutes=10))
    assert "No address for alerts takes a message" in today(signed_in)
    alerts.told(["delivery:1"], now)
    assert "No address for alerts takes a message" not in today(signed_in)
