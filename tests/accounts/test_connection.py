"""Accounts and their secrets: what is missing is named, what is there is never shown."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from bfbot import http
from bfbot.accounts import connection
from bfbot.accounts.connection import NotConnected, connect, states, try_keys, undeclared
from bfbot.config import config, read
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account
from bfbot.errors import ConfigurationError, NotAuthorised, Rejected
from tests.contract.networks import settings_for
from tests.rules.team_files import LGA
from tests.simulators.mastodon import TOKEN, MastodonSimulator

MASTODON = Account(
    id="lga-mastodon",
    platform="mastodon",
    campaigns=("bright-futures",),
    base_url="https://social.example",
    secrets={"access_token": "env:DESK_MASTODON_TOKEN"},
)
PRACTICE = Account(id="practice", platform="rehearsal", campaigns=("bright-futures",))
X = Account(id="lga-x", platform="x", campaigns=("bright-futures",), secrets={"consumer_key": "env:DESK_X_KEY"})


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The settings that connection.py reads, to be filled by the test."""
    values: dict[str, str] = {"BFBOT_HOME": str(config().home)}
    monkeypatch.setattr(connection, "config", lambda: read(values))
    return values


def revision(*accounts: Account) -> Revision:
    return Revision(
        number=1, digest="", made_at=datetime(2026, 11, 23, tzinfo=UTC), accounts={one.id: one for one in accounts}
    )


def test_a_setting_that_is_not_filled_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(NotConnected) as caught:
        connect(MASTODON)
    assert str(caught.value).startswith(
        "lga-mastodon: DESK_MASTODON_TOKEN is not set. Set DESK_MASTODON_TOKEN in .env"
    )
    assert isinstance(caught.value, NotAuthorised)
    assert caught.value.exit_code == 4


def test_a_secret_that_is_not_listed_is_named(environment: dict[str, str]) -> None:
    environment["DESK_X_KEY"] = "canary"
    with pytest.raises(NotConnected, match="lacks its consumer_secret"):
        connect(X)


def test_a_secret_written_into_the_file_is_not_repeated(environment: dict[str, str]) -> None:
    account = Account(**{**MASTODON.__dict__, "secrets": {"access_token": "canary-token"}})
    with pytest.raises(NotConnected) as caught:
        connect(account)
    assert "canary" not in str(caught.value)


def test_a_secret_file_that_cannot_be_read_is_named(environment: dict[str, str], tmp_path: Path) -> None:
    environment["DESK_MASTODON_TOKEN_FILE"] = str(tmp_path / "absent")
    with pytest.raises(NotConnected, match="DESK_MASTODON_TOKEN_FILE"):
        connect(MASTODON)


def test_a_missing_address_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(NotConnected, match="base_url"):
        connect(Account(**{**MASTODON.__dict__, "base_url": ""}))


def test_an_unknown_network_is_a_fault_of_the_files(environment: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError):
        connect(Account(id="a", platform="myspace", campaigns=()))


def test_the_states_of_accounts(environment: dict[str, str]) -> None:
    environment["DESK_MASTODON_TOKEN"] = "canary-token"
    unknown = Account(id="odd", platform="myspace", campaigns=())
    found = states(revision(PRACTICE, MASTODON, X, unknown))
    assert [(one.id, one.platform, one.state) for one in found] == [
        ("practice", "rehearsal", "practice"),
        ("lga-mastodon", "mastodon", "ready"),
        ("lga-x", "x", "missing_secret"),
        ("odd", "myspace", "missing_secret"),
    ]
    assert [bool(one.problem) for one in found] == [False, False, True, True]
    assert "canary" not in repr(found)


def test_keys_are_tried_without_posting(environment: dict[str, str]) -> None:
    environment["DESK_MASTODON_TOKEN"] = TOKEN
    with MastodonSimulator() as simulator:
        account = Account(**{**MASTODON.__dict__, "base_url": simulator.base_url})
        session = http.session((2.0, 2.0), settings_for(simulator.address))
        assert try_keys(account, session=session) == "@desk"
        environment["DESK_MASTODON_TOKEN"] = "another"
        with pytest.raises(NotAuthorised, match="lga-mastodon"):
            try_keys(account, session=session)
        assert simulator.ledger == []


CONTACT = replace(LGA, contact="marketing@local.gov.uk")
LABELLED, NAMED = "not labelled as automated", "names nobody to write to"


@pytest.mark.parametrize(
    ("says", "missing"),
    [
        ({}, [LABELLED, NAMED]),
        ({"bot": True}, [NAMED]),
        ({"bot": True, "note": "<p>Ask <a href='mailto:x'>Marketing@local.gov.uk</a></p>"}, []),
        ({"bot": True, "fields": [{"name": "Contact", "value": "marketing@<b>local</b>.gov.uk"}]}, []),
        ({"bot": False, "note": "marketing@local.gov.uk"}, [LABELLED]),
    ],
)
def test_automation_is_declared_with_a_human_contact(
    environment: dict[str, str], says: dict[str, object], missing: list[str]
) -> None:
    environment["DESK_MASTODON_TOKEN"] = TOKEN
    with MastodonSimulator() as simulator:
        simulator.says = says
        account = Account(**{**MASTODON.__dict__, "base_url": simulator.base_url})
        session = http.session((2.0, 2.0), settings_for(simulator.address))
        there = replace(revision(account), campaigns={CONTACT.id: CONTACT})
        found = undeclared(account, there, session=session)
    assert len(found) == len(missing)
    assert all(words in one for words, one in zip(missing, found, strict=True))


def test_a_network_without_such_a_label_is_not_asked(environment: dict[str, str]) -> None:
    assert undeclared(PRACTICE, revision(PRACTICE)) == ()


def test_practice_needs_no_keys(environment: dict[str, str]) -> None:
    assert try_keys(PRACTICE) == "Practice channel"


@pytest.mark.django_db
def test_pictures_come_from_the_workspaces_store(environment: dict[str, str]) -> None:
    from bfbot.media.blobs import store
    from bfbot.platforms.base import Draft, Sending

    content = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(content, "PNG")
    media = store(content.getvalue()).proof("A navy rectangle")
    platform = connect(PRACTICE)
    proof = platform.render(Draft(account="practice", texts=("With a picture.",), media=(media,)))
    now = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert platform.publish(Sending(proof=proof, index=0, key="k", reply_to=None, tried_since=now)).remote_id
    lost = platform.render(Draft(account="practice", texts=("Lost.",), media=(replace(media, digest="0" * 64),)))
    with pytest.raises(Rejected, match="no longer in the store"):
        platform.publish(Sending(proof=lost, index=0, key="l", reply_to=None, tried_since=now))
