"""A running bfbot tells people over the wire, answers those that watch it, and shows no address to anybody."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.cli.desk import APPROVER, Desk, new_desk, until
from tests.engine.networks import X_SETTINGS, approved, join, state
from tests.servers.inbox import TOKEN, Inbox
from tests.simulators.x import XSimulator

pytestmark = pytest.mark.slow


def test_a_failure_reaches_people_with_its_link_and_the_address_reaches_nobody(tmp_path: Path) -> None:
    with Inbox() as inbox, XSimulator() as network:
        desk = new_desk(
            tmp_path / "desk",
            BFBOT_ALERT_URLS=f"{inbox.address} nonsense://{TOKEN}",
            BFBOT_PUBLIC_URL="https://desk.example",
            BFBOT_LOG="debug",
            **X_SETTINGS,
        )
        join(desk, x=network.base_url)
        network.refuse("/2/tweets", 400, {"detail": "One of the words is not allowed."})
        post = approved(desk, "town-x", "Refused by the network.")
        desk.well("once")
        assert state(desk, post) == "failed"
        with desk.start("worker") as running:
            until(lambda: inbox.messages)
            until(lambda: any(one["what"] == "people told" for one in running.log))
            running.stop()
        before = looks(desk)
        with desk.start("worker") as again:
            until(lambda: looks(desk) > before)
            again.stop()
        said = [desk("alerts", "list", "--json"), desk("alerts", "test"), desk("check"), desk.well("backup")]
        told = "".join([*running.out, *running.err, *again.out, *again.err, *(one.out + one.err for one in said)])
        kept = b"".join(one.read_bytes() for one in (desk.home / "var").rglob("*") if one.is_file())
    first = inbox.messages[0]
    assert f"https://desk.example/posts/{post}" in first["message"]
    assert "Refused by the network." in first["message"]
    assert said[1].code == 3
    assert said[1].out.splitlines() == ["Address 1: sent", "Address 2: not an address"]
    assert len(inbox.messages) == 2, "once, although it was started twice; and the test"
    assert TOKEN not in told
    assert TOKEN.encode() not in kept


def test_it_answers_those_that_watch_it(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "desk")
    with desk.start() as running:
        assert ask(f"{running.url}/healthz") == (200, "ok\n")
        until(lambda: ask(f"{running.url}/readyz") == (200, "database: ok\nclock: ok\nlibrary: ok\n"))
        post = approved(desk, "practice-lga", "Counted.")
        until(lambda: state(desk, post) == "published")
        until(lambda: figure(running.url, "bfbot_deliveries", state="published", account="practice-lga") == 1)
        age = figure(running.url, "bfbot_tick_age_seconds")
        assert age is not None
        assert age < 10
        assert ask(f"{running.url}/metrics", host="desk.example")[0] == 400, "under a name that is not ours"
        assert "sign-in" in ask(f"{running.url}/metrics", forwarded="203.0.113.9")[1], "passed on by a proxy"
        desk.well("pause", "--reason", "A trial", "--by", APPROVER)
        assert ask(f"{running.url}/readyz")[0] == 200, "a pause is no fault"


def looks(desk: Desk) -> str:
    """When it last looked what is wrong; "" before the first time."""
    return next((at for (at,) in desk.rows("SELECT at FROM ledger_probe WHERE name = 'alert'")), "")


def ask(url: str, *, host: str = "", forwarded: str = "") -> tuple[int, str]:
    headers = {**({"Host": host} if host else {}), **({"X-Real-IP": forwarded} if forwarded else {})}
    try:
        with urlopen(Request(url, headers=headers), timeout=60) as answer:
            text = answer.read().decode()
            return answer.status, text if answer.url == url else answer.url
    except HTTPError as error:
        return error.code, error.read().decode()


def figure(url: str, name: str, **labels: str) -> float | None:
    with urlopen(f"{url}/metrics", timeout=60) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    found = [one for family in families for one in family.samples if (one.name, one.labels) == (name, labels)]
    return found[0].value if found else None
