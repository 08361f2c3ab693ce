"""Statistics that are due for review are listed in a mail that really goes out, once for each date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bfbot.alerts import tell as telling
from bfbot.alerts.tell import tell
from bfbot.config import config
from tests.servers.mail import MailServer
from tests.workspace import NOW, change, clear, small_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    home = small_workspace(config().home)
    change(home, "status: usable", f"status: usable\n    review_by: {NOW.date()}")
    with MailServer() as server:
        settings = replace(config(), alert_urls=(server.address,), public_url="https://desk.example")
        monkeypatch.setattr(telling, "config", lambda: settings)
        yield server
    clear(config().home)


def test_the_list_is_mailed_on_the_day_and_not_again(mails: MailServer) -> None:
    assert tell(NOW - timedelta(days=1)) == 0
    assert tell(NOW) == 1
    (mail,) = mails.mails
    assert mail["to"] == "desk@mail.example"
    assert "statistics are due for review" in mail["subject"]
    body = mail.get_body(("plain", "html"))
    assert body is not None
    said = " ".join(body.get_content().split())
    assert "139 per cent (child protection enquiries, rise)" in said
    assert "https://desk.example/statistics" in said
    assert tell(NOW + timedelta(days=1)) == 0
    assert len(mails.mails) == 1
