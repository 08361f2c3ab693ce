"""The door: passwords, throttle, where it leads, the demo people, and the first admin's link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as some

from bfbot.config import config
from bfbot.domain.person import Role
from bfbot.ledger import models, people
from bfbot.web import welcome
from bfbot.web.throttle import ACCOUNT_FAILURES, ADDRESS_FAILURES, MOST_KEYS, WINDOW, Throttle
from tests.web.conftest import PASSWORD

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def _try(client: Client, name: str, password: str, **more: str) -> object:
    return client.post(reverse("sign-in"), {"name": name, "password": password, **more})


def test_the_right_password_opens_and_the_session_is_a_new_one(team: object, client: Client) -> None:
    client.get(reverse("sign-in"))
    client.session["kept"] = 1
    before = client.session.session_key
    answer = _try(client, "viewer", PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("today")
    assert client.session.session_key != before


@pytest.mark.parametrize("name", ["viewer", "nobody of that name", ""])
def test_a_wrong_one_is_told_without_saying_what_was_wrong(name: str, team: object, client: Client) -> None:
    answer = _try(client, name, "not it")
    assert answer.status_code == 422
    assert b"do not fit together" in answer.content


def test_somebody_who_left_stays_out(team: object, client: Client) -> None:
    models.User.objects.filter(name="viewer").update(is_active=False)
    assert _try(client, "viewer", PASSWORD).status_code == 422


def test_guessing_is_slowed_down_and_the_right_password_waits_too(team: object, client: Client) -> None:
    for _ in range(ACCOUNT_FAILURES):
        assert _try(client, "viewer", "not it").status_code == 422
    answer = _try(client, "Viewer", PASSWORD)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert _try(client, "author", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/queue?show=all", "/queue?show=all"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_it_leads_back_to_our_own_pages_alone(wanted: str, led: str, team: object, client: Client) -> None:
    assert _try(client, "viewer", PASSWORD, next=wanted)["Location"] == led


def test_the_demo_people_stand_on_the_sample_s_door_alone(team: object, client: Client) -> None:
    assert b"Demo author" not in client.get(reverse("sign-in")).content
    (config().home / "SAMPLE").touch()
    html = client.get(reverse("sign-in")).content.decode()
    assert "Sign in as Demo author" in html
    assert "Sign in as Demo approver" in html


def test_passwords_are_kept_as_argon2(team: object) -> None:
    assert models.User.objects.get(name="viewer").password.startswith("argon2$argon2id$")


class TestWelcome:
    @pytest.fixture
    def admin(self, db: None, workspace: object) -> str:
        people.add("first", Role.ADMIN, NOW)
        return "first"

    def test_sets_the_password_once(self, admin: str, client: Client) -> None:
        path = welcome.link(admin)
        assert client.get(path).status_code == 200
        said = {"password": "four plain words here", "again": "four plain words here"}
        assert client.post(path, said)["Location"] == reverse("today")
        assert client.get(reverse("today")).status_code == 200
        assert models.AuditEntry.objects.filter(action="password set", actor="first").exists()
        for answer in (Client().get(path), Client().post(path, said)):
            assert answer.status_code == 410

    @pytest.mark.parametrize(
        ("password", "again"), [("short", "short"), ("password1234", "password1234"), ("a" * 14, "b" * 14)]
    )
    def test_refuses_weak_and_mistyped_ones(self, password: str, again: str, admin: str, client: Client) -> None:
        answer = client.post(welcome.link(admin), {"password": password, "again": again})
        assert answer.status_code == 422
        assert not models.User.objects.get(name=admin).has_usable_password()

    def test_is_for_admins_without_a_password(self, admin: str) -> None:
        people.add("writer", Role.AUTHOR, NOW)
        people.add("second", Role.ADMIN, NOW, password=PASSWORD)
        for name in ("writer", "second", "nobody"):
            assert Client().get(welcome.link(name)).status_code == 410

    def test_is_no_longer_good_after_a_day(self, admin: str, monkeypatch: pytest.MonkeyPatch) -> None:
        path = welcome.link(admin)
        later = signing.time.time() + welcome.OPEN_SECONDS + 5
        monkeypatch.setattr(signing.time, "time", lambda: later)
        assert welcome.invited(path.rsplit("/", 1)[1]) is None

    def test_cannot_be_forged(self, admin: str) -> None:
        token = welcome.link(admin).rsplit("/", 1)[1]
        assert welcome.invited(token) is not None
        assert welcome.invited(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
        assert welcome.invited(signing.dumps(admin, salt="another")) is None


class TestThrottle:
    @settings(deadline=None)  # what is slow is the computer that runs the tests
    @given(some.lists(some.tuples(some.sampled_from("ab"), some.integers(0, 2000)), max_size=60))
    def test_never_locks_without_enough_failures_in_the_window(self, tries: list[tuple[str, int]]) -> None:
        throttle = Throttle()
        moments = sorted((NOW + timedelta(seconds=after), name) for name, after in tries)
        for at, name in moments:
            throttle.failed(name, f"of {name}", at)
        end = NOW + timedelta(seconds=2000)
        for name in "ab":
            recent = [at for at, one in moments if one == name and at > end - WINDOW]
            assert (throttle.wait(name, "elsewhere", end) is not None) == (len(recent) >= ACCOUNT_FAILURES)

    def test_an_address_with_many_names_waits_as_well(self) -> None:
        throttle = Throttle()
        for number in range(ADDRESS_FAILURES):
            throttle.failed(f"name {number}", "192.0.2.1", NOW)
        assert throttle.wait("a new name", "192.0.2.1", NOW) == WINDOW
        assert throttle.wait("a new name", "192.0.2.2", NOW) is None
        assert throttle.wait("a new name", "192.0.2.1", NOW + WINDOW) is None

    def test_many_names_do_not_fill_the_memory(self) -> None:
        throttle = Throttle()
        for number in range(MOST_KEYS * 2):
            throttle.failed(f"name {number}", f"address {number}", NOW + timedelta(milliseconds=number))
        assert len(throttle._failures) <= MOST_KEYS + 2
