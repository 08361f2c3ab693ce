"""What machines are told that watch bfbot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from bfbot.config import config
from bfbot.desk import review, writing
from bfbot.domain.post import Wording
from bfbot.domain.states import DeliveryState
from bfbot.engine import health, health_watch, metrics
from bfbot.engine.health import Pulse
from bfbot.engine.health_watch import Watch
from bfbot.engine.metrics_attempts import FIRST, Attempts
from bfbot.engine.metrics_text import gauge, text
from bfbot.ledger import models, releases, watching
from tests.workspace import APPROVER, AUTHOR, NOW, clear, small_workspace


class Seconds:
    """A machine's counter that a test moves."""

    at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def pulse(seconds: Seconds, monkeypatch: pytest.MonkeyPatch) -> Pulse:
    made = Pulse(seconds)
    for module in (health, metrics, health_watch):
        monkeypatch.setattr(module, "pulse", made)
    monkeypatch.setattr(health, "_wrote", None)
    monkeypatch.setattr(health, "time", SimpleNamespace(monotonic=seconds))
    monkeypatch.setattr(metrics, "_last", None)
    monkeypatch.setattr(metrics, "_attempts", Attempts())
    return made


@pytest.fixture
def workspace(db: None, pulse: Pulse) -> Iterator[None]:
    small_workspace(config().home)
    yield
    clear(config().home)


def test_a_pulse_tells_its_age_and_its_longest_pause_once(seconds: Seconds) -> None:
    one = Pulse(seconds)
    assert (one.age(), one.worst()) == (None, None)
    one.beat()
    seconds.at += 180
    one.beat()
    seconds.at += 1
    assert one.age() == timedelta(seconds=1)
    assert one.worst() == timedelta(seconds=180)
    assert one.worst() == timedelta(seconds=1)


def test_alive_needs_neither_database_nor_sign_in() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert Client().post("/healthz").status_code == 405


def test_ready_while_it_can_write_and_the_clock_is_on_time(
    workspace: None, pulse: Pulse, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulse.beat()
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"database: ok\nclock: ok\nlibrary: ok\n")
    seconds.at += 61
    late = Client().get("/readyz")
    assert (late.status_code, late.content) == (503, b"database: ok\nclock: no\nlibrary: ok\n")
    pulse.beat()

    def full(name: str, now: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(watching, "write", full)
    seconds.at += 4.9
    assert Client().get("/readyz").status_code == 200, "the last answer stands for five seconds"
    seconds.at += 0.2
    assert b"database: no" in Client().get("/readyz").content


def test_figures_for_this_machine_alone(workspace: None) -> None:
    here = Client(SERVER_NAME="127.0.0.1")
    assert here.get("/metrics").status_code == 200
    assert Client(SERVER_NAME="localhost").get("/metrics").status_code == 200
    assert here.get("/metrics", REMOTE_ADDR="10.0.0.7").status_code == 302
    for passed_on in ("X-Forwarded-For", "X-Real-IP", "Via", "Forwarded"):
        assert here.get("/metrics", headers={passed_on: "203.0.113.9"}).status_code == 302
    assert Client(SERVER_NAME="testserver").get("/metrics").status_code == 302, "asked under a public name"


def test_figures_say_what_waits_what_came_of_it_and_how_old_it_is(
    workspace: None, pulse: Pulse, seconds: Seconds
) -> None:
    due = post("Goes out late.")
    models.Delivery.objects.filter(post_id=post("Failed.")).update(state=DeliveryState.FAILED)
    releases.remember("news", last_ok_at=NOW - timedelta(minutes=5), failures=2)
    delivery = models.Delivery.objects.get(post_id=due)
    for took, outcome in ((0.2, "published"), (3, "unavailable"), (90, "interrupted")):
        asked(delivery, outcome, took)
    pulse.beat()
    seconds.at += 4
    found = values(metrics.exposition(NOW + timedelta(minutes=2)))
    assert found["bfbot_queue_depth"] == 1
    assert found["bfbot_queue_age_seconds"] == 120
    assert found["bfbot_deliveries{practice,failed}"] == 1
    assert found["bfbot_posts{approved}"] == 2
    assert found["bfbot_tick_age_seconds"] == 4
    assert found["bfbot_feed_age_seconds{news}"] == 420
    assert found["bfbot_feed_failures{news}"] == 2
    assert found["bfbot_attempt_seconds_count{practice,rehearsal}"] == 2, "when a process died says nothing"
    assert found["bfbot_attempt_seconds_sum{practice,rehearsal}"] == pytest.approx(3.2)
    buckets = {name.split(",")[2][:-1]: many for name, many in found.items() if "_bucket" in name}
    assert (buckets["0.1"], buckets["0.25"], buckets["2.5"], buckets["5.0"], buckets["+Inf"]) == (0, 1, 1, 2, 2)
    assert found["bfbot_attempts_total{practice,rehearsal,publish,unavailable}"] == 1
    assert found["bfbot_attempts_total{practice,rehearsal,publish,interrupted}"] == 1
    assert "bfbot_backup_age_seconds" not in found, "unknown is absent, not zero"


def test_a_look_reads_what_came_since_the_last_one_and_what_ended_since(
    workspace: None, django_assert_num_queries: Callable[..., Any]
) -> None:
    delivery = models.Delivery.objects.get(post_id=post("Counted."))
    many = [attempt(delivery, "published", 1) for _ in range(FIRST + 500)]
    models.Attempt.objects.bulk_create(many)
    counts = Attempts()

    def counted() -> dict[str, float]:
        return values(text(counts.families()))

    name = "bfbot_attempts_total{practice,rehearsal,publish,published}"
    with django_assert_num_queries(2):
        counts.look(NOW)
    assert counted()[name] == FIRST, "what lies further back is not counted, and costs nothing"
    on_its_way = asked(delivery, "", None)
    with django_assert_num_queries(1):
        counts.look(NOW)
    assert counted()[name] == FIRST
    models.Attempt.objects.filter(pk=on_its_way).update(outcome="published", ended_at=NOW + timedelta(seconds=2))
    with django_assert_num_queries(2):
        counts.look(NOW)
    assert counted()[name] == FIRST + 1
    assert counted()["bfbot_attempt_seconds_sum{practice,rehearsal}"] == FIRST + 2


def test_labels_may_hold_anything() -> None:
    odd = 'a"b\\c\nd'
    (family,) = text_string_to_metric_families(text([gauge("x", "Of\nall.", ({"name": odd}, 2))]))
    assert family.samples[0].labels == {"name": odd}


def test_the_watch_speaks_when_the_clock_does_not(
    workspace: None, pulse: Pulse, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(lambda: NOW, of=pulse)
    assert not watch.look(), "nothing has begun"
    pulse.beat()
    assert not watch.look()
    seconds.at += 300
    monkeypatch.setattr(health_watch, "close_old_connections", lambda: None)
    assert watch.look()
    assert models.Alert.objects.get(pk="clock").text.startswith("bfbot is late: for 5 min")


def attempt(delivery: models.Delivery, outcome: str, took: float | None) -> models.Attempt:
    return models.Attempt(
        delivery=delivery,
        part=0,
        started_at=NOW,
        ended_at=None if took is None else NOW + timedelta(seconds=took),
        worker="w",
        action="publish",
        outcome=outcome,
    )


def asked(delivery: models.Delivery, outcome: str, took: float | None) -> int:
    made = attempt(delivery, outcome, took)
    made.save()
    return made.pk


def post(words: str) -> int:
    made = writing.write(
        campaign="bright", accounts=["practice"], wording=Wording(text=words), at=NOW, actor=AUTHOR, now=NOW
    )
    review.submit(made.id, actor=AUTHOR, now=NOW)
    review.approve(made.id, actor=APPROVER, now=NOW)
    return made.id


def values(exposition: str) -> dict[str, float]:
    """By name and the values of its labels, read by Prometheus' own library."""
    found = {}
    for family in text_string_to_metric_families(exposition):
        for one in family.samples:
            labels = ",".join(one.labels.values())
            found[f"{one.name}{{{labels}}}" if labels else one.name] = one.value
    return found
