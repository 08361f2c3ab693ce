"""Where accounts come from: an upgrade stops nothing that ran, and a new address is a new account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from bfbot.domain.schedule import Account
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import account_states, audit, going_live, models

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
migration = import_module("bfbot.ledger.migrations.0009_going_live")


def revision(number: int, **accounts: str) -> models.Revision:
    """Files with these accounts, each as `network address`."""
    content: dict[str, Any] = {"accounts": {}}
    for name, place in accounts.items():
        platform, _, address = place.partition(" ")
        content["accounts"][name] = {"id": name, "platform": platform, "base_url": address}
    made = NOW + timedelta(days=number)
    return models.Revision.objects.create(number=number, digest=str(number), made_at=made, content=content)


def posted(account: str, platform: str, files: models.Revision, state: str = DeliveryState.PUBLISHED) -> None:
    post = models.Post.objects.create(
        campaign="bright", origin="library", state=PostState.CLOSED, text="x", author="planner",
        first_planned_at=NOW, scheduled_for=NOW, window_seconds=60, revision=files, created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    models.Delivery.objects.create(
        post=post, account=account, platform=platform, state=state, key=f"{account}{post.pk}", due_at=NOW,
        closes_at=NOW, not_before=NOW, published_at=NOW if state != DeliveryState.PLANNED else None,
    )  # fmt: skip


def test_what_ran_yesterday_runs_today_and_stands_on_record() -> None:
    audit.record("Ben", "something", "post:1", NOW)
    revision(
        1, town="mastodon https://a.example", practice="rehearsal", idle="x", moved="mastodon https://a.example"
    )
    files = revision(2, town="mastodon https://a.example", practice="rehearsal", idle="x", moved="x")
    account_states.wait_until("town", NOW)
    posted("town", "mastodon", files)
    posted("practice", "rehearsal", files)
    posted("idle", "x", files, DeliveryState.PLANNED)
    posted("moved", "mastodon", files)
    posted("gone", "x", files, DeliveryState.DELETED)
    migration.carry_over(apps, connection.schema_editor())
    stages = going_live.stages(["town", "practice", "idle", "moved", "gone", "never"])
    assert {name for name, one in stages.items() if one.live_since} == {"town", "gone"}
    assert stages["town"].live_by == "bfbot"
    assert stages["town"].seen_at == NOW + timedelta(days=1)
    assert stages["moved"].seen_at == NOW + timedelta(days=2)
    assert [one.subject for one in audit.entries(action="went live")] == ["account:town", "account:gone"]
    assert "had posted before" in str(audit.entries(action="went live", most=1)[0].detail["reason"])
    assert list(audit.breaks()) == [], "the record of decisions is whole"
    assert account_states.standing("town").next_at == NOW


def test_seeing_the_same_files_again_changes_nothing() -> None:
    town = {"town": Account("town", "mastodon", ("bright",), base_url="https://a.example")}
    going_live.see(town, NOW)
    going_live.ask("town", "Ann", NOW)
    going_live.go_live("town", "Ben", NOW)
    going_live.see(town, NOW + timedelta(days=1))
    stage = going_live.stages(["town"])["town"]
    assert (stage.seen_at, stage.live_by) == (NOW, "Ben")
    assert audit.entries() == []


def test_an_account_whose_limit_was_known_first_is_seen_then() -> None:
    account_states.wait_until("town", NOW)
    going_live.see({"town": Account("town", "x", ("bright",))}, NOW)
    assert going_live.stages(["town"])["town"].seen_at == NOW


def test_another_network_under_the_same_name_starts_anew() -> None:
    going_live.see({"town": Account("town", "rehearsal", ("bright",))}, NOW)
    going_live.ask("town", "Ann", NOW)
    going_live.see({"town": Account("town", "x", ("bright",))}, NOW + timedelta(days=1))
    stage = going_live.stages(["town"])["town"]
    assert (stage.asked_by, stage.seen_at) == ("", NOW + timedelta(days=1))
    assert audit.entries("account:town")[0].action == "muted"
