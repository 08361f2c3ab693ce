"""Accounts are muted until two people let them go live; those that had posted before stay live, on record."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

PRACTICE = "rehearsal"
WHY = "It had posted before bfbot was told to ask two people first."


def carry_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """When each account was first seen, and that whatever ran yesterday runs today."""
    rows = apps.get_model("ledger", "AccountState").objects
    now, known, posted = datetime.now(UTC), first_seen(apps), used(apps)
    for (account, _), first in posted.items():
        known.setdefault(account, (first, ""))  # it has left the files, and may come back
    for account, (seen_at, seen_as) in sorted(known.items()):
        fields: dict[str, Any] = {"seen_at": seen_at, "seen_as": seen_as}
        networks = {platform for name, platform in posted if name == account} - {PRACTICE}
        if seen_as:
            networks &= {seen_as.partition(" ")[0]}
        if networks:
            fields |= {"live_since": now, "live_by": "bfbot"}
            put_on_record(apps, account, now)
        rows.update_or_create(account=account, defaults=fields)


def first_seen(apps: Apps) -> dict[str, tuple[datetime, str]]:
    """Each account of the team's files: since when it stands there as it stands now, and its network and address."""
    found: dict[str, tuple[datetime, str]] = {}
    revisions = apps.get_model("ledger", "Revision").objects.order_by("number").values_list("made_at", "content")
    for made_at, content in revisions.iterator(20):
        for name, one in content.get("accounts", {}).items():
            seen_as = f"{one['platform']} {one.get('base_url', '')}".strip()
            if name not in found or found[name][1] != seen_as:
                found[name] = made_at, seen_as
    return found


def used(apps: Apps) -> dict[tuple[str, str], datetime]:
    """Accounts, each with a network on which something of it was published, and the first time."""
    rows = apps.get_model("ledger", "Delivery").objects.exclude(published_at=None).order_by()
    found = rows.values_list("account", "platform").annotate(first=models.Min("published_at"))
    return {(account, platform): first for account, platform, first in found}


def put_on_record(apps: Apps, account: str, now: datetime) -> None:
    """As bfbot/ledger/audit.py does it."""
    entries = apps.get_model("ledger", "AuditEntry").objects
    last = entries.order_by("-number").values_list("number", "hash").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, "0" * 64)
    action, subject, detail = "went live", f"account:{account}", {"reason": WHY}
    fields = [number, now.isoformat(), "bfbot", "", action, subject, detail, previous]
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    entries.create(
        number=number,
        at=now,
        actor="bfbot",
        os_user="",
        action=action,
        subject=subject,
        detail=detail,
        previous=previous,
        hash=digest,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_seasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatisticsReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("account", models.CharField(max_length=80)),
                ("by", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("facts", models.JSONField()),
            ],
            options={"indexes": [models.Index(fields=["account"], name="review_account")]},
        ),
        migrations.AddField("accountstate", "seen_at", models.DateTimeField(null=True)),
        migrations.AddField("accountstate", "seen_as", models.TextField(blank=True, default="")),
        migrations.AddField("accountstate", "asked_by", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField("accountstate", "asked_at", models.DateTimeField(null=True)),
        migrations.AddField("accountstate", "live_since", models.DateTimeField(null=True)),
        migrations.AddField("accountstate", "live_by", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField("accountstate", "muted_by", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField("accountstate", "muted_at", models.DateTimeField(null=True)),
        migrations.AddField("accountstate", "muted_reason", models.TextField(blank=True, default="")),
        migrations.AddConstraint(
            model_name="accountstate",
            constraint=models.CheckConstraint(
                condition=models.Q(live_by="") | ~models.Q(Exact(Lower("asked_by"), Lower("live_by"))),
                name="live_by_two_people",
            ),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
