"""Logs are JSON, a line each, and never hold what a secret's name or place gives away."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account
from bfbot.engine import secrets
from bfbot.engine.logs import JsonLines, ReadableLines


def line(formatter: JsonLines, message: str, **extra: object) -> str:
    record = logging.makeLogRecord({"name": "bfbot.x", "levelname": "INFO", "msg": message, **extra})
    return formatter.format(record)


def test_a_line_is_json_with_what_was_given() -> None:
    entry = json.loads(line(JsonLines(), "published", delivery=7, account="town"))
    assert entry.items() >= {"what": "published", "delivery": 7, "account": "town", "level": "info"}.items()
    assert entry["at"].endswith("+00:00")


def test_in_a_terminal_it_is_a_line_to_read_and_hides_as_much() -> None:
    formatter = ReadableLines()
    formatter.hide(["open-sesame"])
    read = line(formatter, "published", account="town", error="said open-sesame, token=abcdef")
    assert read.endswith("published  account=town  error=said •••, token=•••")


@given(secret=st.text(st.characters(codec="utf-8"), min_size=6, max_size=40).filter(lambda one: one.strip(" •")))
def test_a_known_secret_is_blotted_out_wherever_it_stands(secret: str) -> None:
    formatter = JsonLines()
    formatter.hide([secret])
    written = json.dumps(secret, ensure_ascii=False)[1:-1]
    body = json.loads(line(formatter, f"it said {secret} twice", error=secret, deep={"list": [secret]}))
    assert written not in "".join(map(str, (body["what"], body["error"], body["deep"])))
    assert secret not in body["what"]


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer hunter2hunter2",
        'access_token="hunter2hunter2"',
        "GET /?token=hunter2hunter2&x=1",
        "{'client_secret': 'hunter2hunter2'}",
        "password=hunter2hunter2, user=x",
    ],
)
def test_what_looks_like_a_credential_is_blotted_out(text: str) -> None:
    told = line(JsonLines(), text)
    assert "hunter2" not in told
    json.loads(told)


def test_a_trace_is_one_line_too() -> None:
    try:
        raise ValueError("token=hunter2hunter2")
    except ValueError:
        told = line(JsonLines(), "broke", exc_info=sys.exc_info())
    assert "\n" not in told
    assert "hunter2" not in told
    assert "ValueError" in json.loads(told)["trace"]


def test_accounts_secrets_are_known_whatever_they_are_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from bfbot.config import config

    known = replace(config(), environment={"TOWN": "canary-of-the-town"})
    monkeypatch.setattr(secrets, "config", lambda: known)
    account = Account("town", "mastodon", ("c",), secrets={"access_token": "env:TOWN", "other": "env:UNSET"})
    revision = Revision(0, "", datetime(2026, 11, 21, tzinfo=UTC), accounts={"town": account})
    assert "canary-of-the-town" in set(secrets.of_accounts(revision))
