"""Messages really leave, by apprise, and their addresses are seen by nobody."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bfbot.alerts import sender
from bfbot.alerts.sender import send, send_each
from bfbot.alerts.without_ledger import Cry
from bfbot.alerts.wording import Message
from bfbot.config import config, read
from bfbot.engine import logs
from bfbot.errors import ConfigurationError
from tests.servers.inbox import TOKEN, Inbox
from tests.workspace import NOW

SAID = Message(
    "bfbot: a post failed", "Post 3 on town (“*bold* <b>@all</b>”) failed.\nhttps://desk.example/posts/3"
)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as made:
        yield made


def test_it_arrives_as_it_was_written(inbox: Inbox) -> None:
    assert send([inbox.address], SAID)
    (came,) = inbox.messages
    assert (came["title"], came["message"]) == (SAID.title, SAID.body)
    assert inbox.paths == [f"/{TOKEN}"]


def test_each_address_has_its_own_outcome_and_one_that_works_is_enough(
    inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    with Inbox() as broken:
        broken.status = 500
        addresses = [broken.address, f"nonsense://{TOKEN}", inbox.address]
        assert send_each(addresses, SAID) == ["refused", "not an address", "sent"]
        with caplog.at_level(logging.DEBUG):
            assert send(addresses, SAID)
            assert not send(addresses[:2], SAID)
    assert TOKEN not in "".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records)


def test_one_that_hangs_ends_with_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it takes what comes, and answers nothing
        address = f"json://127.0.0.1:{silent.getsockname()[1]}/{TOKEN}"
        assert send_each([address, address], SAID) == ["no answer", "no answer"]


def test_apprise_is_loaded_in_the_child_alone() -> None:
    code = "import sys; from bfbot.alerts import sender; print('apprise' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


def test_addresses_are_parted_by_spaces_and_by_commas_before_an_address() -> None:
    home = str(config().home)
    given = "mailtos://u:p@mail.example?to=a@x.example,b@x.example, slack://A/B/C  json://host"
    found = read({"BFBOT_HOME": home, "BFBOT_ALERT_URLS": given})
    assert found.alert_urls == (
        "mailtos://u:p@mail.example?to=a@x.example,b@x.example",
        "slack://A/B/C",
        "json://host",
    )
    assert "u:p@" not in repr(found)


@pytest.mark.parametrize("given", ["press@council.example", "slack://A/B/C press@council.example", "TOKEN"])
def test_what_is_no_address_is_refused_without_repeating_it(given: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read({"BFBOT_HOME": str(config().home), "BFBOT_ALERT_URLS": given})
    assert given not in str(refused.value)
    assert "BFBOT_ALERT_URLS" in str(refused.value)


def test_a_line_of_the_log_never_shows_an_address_or_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    from bfbot.engine import secrets

    address = "mailtos://desk:a-long-password-here@mail.example?to=press"
    made = read({"BFBOT_HOME": str(config().home), "BFBOT_ALERT_URLS": address})
    monkeypatch.setattr(secrets, "config", lambda: made)
    lines = logs.JsonLines()
    lines.hide(secrets.of_settings())
    record = logging.makeLogRecord({"msg": f"went to {address} with a-long-password-here"})
    assert "a-long-password" not in lines.format(record)


def test_a_database_that_takes_nothing_is_told_once_it_lasts(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bfbot.alerts import without_ledger

    made = read({"BFBOT_HOME": str(config().home), "BFBOT_ALERT_URLS": inbox.address})
    monkeypatch.setattr(without_ledger, "config", lambda: made)
    cry = Cry()
    seconds = [0, 30, 60, 90, 3000, 3660]
    assert [cry.fails("The disk is full.", NOW + timedelta(seconds=one)) for one in seconds] == [
        False,
        False,
        True,
        False,
        False,
        True,
    ]
    cry.works()
    assert not cry.fails("The disk is full.", NOW + timedelta(seconds=7000))
    assert "The disk is full." in inbox.messages[0]["message"]
