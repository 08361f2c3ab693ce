"""What a failure on the way means: certainly not posted, or may be live. A mistake here posts twice."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bfbot.errors import (
    Duplicate,
    NotAuthorised,
    OutcomeUnknown,
    OutOfCredit,
    PlatformError,
    RateLimited,
    Rejected,
    Unavailable,
)
from tests.contract.networks import MEDIA, SIMULATED, TEXT, Network, adapter, opened
from tests.servers.ports import free_port
from tests.simulators.server import BREAK, CUT, HANG, HTML_PAGE
from tests.simulators.x import DUPLICATE

UPLOAD = {"mastodon": "/api/v2/media", "x": "/2/media/upload"}


@pytest.fixture(params=SIMULATED)
def network(request: pytest.FixtureRequest) -> Iterator[Network]:
    with opened(request.param) as one:
        yield one


def losing(network: Network, fault: str) -> Any:
    """Its adapter; where an answer never comes, one that waits for a second: all others have time to come."""
    if fault != HANG:
        return network.platform
    return adapter(network.name, network.simulator.base_url, network.secrets, read_seconds=1.0)


def wait_until_it_has_come(network: Network) -> None:
    """Who gives up after a second may be ahead of a network on a busy machine, which takes it all the same."""
    ends = time.monotonic() + 60
    while True:
        with network.simulator.lock:
            if not network.simulator.faults:
                return
        assert time.monotonic() < ends, "the request never came"
        time.sleep(0.01)


@pytest.mark.parametrize("fault", [CUT, HANG, BREAK])
def test_a_lost_answer_is_unknown_and_is_settled_by_reading_back(network: Network, fault: str) -> None:
    network.simulator.lose(fault, network.post_path)
    sending = network.sending()
    with pytest.raises(OutcomeUnknown):
        losing(network, fault).publish(sending)
    wait_until_it_has_come(network)
    assert network.live() == [TEXT]
    assert network.platform.find(sending).remote_id == network.simulator.ledger[0]["id"]


ANSWERS: list[tuple[int, Any, type[PlatformError]]] = [
    (400, {"error": "bad"}, Rejected),
    (400, "<html>proxy</html>", Unavailable),
    (401, {"error": "The access token is invalid"}, NotAuthorised),
    (401, "<html>sign in</html>", NotAuthorised),
    (402, {"title": "CreditsDepleted", "detail": "no credits"}, OutOfCredit),
    (403, {"error": "This action is not allowed"}, NotAuthorised),
    (404, "<html>nginx</html>", Unavailable),
    (404, {"error": "Record not found"}, Rejected),
    (408, "", OutcomeUnknown),
    (409, {"error": "in progress"}, OutcomeUnknown),
    (413, "<html>too large</html>", Rejected),
    (422, {"error": "Validation failed"}, Rejected),
    (429, {"error": "Too many requests"}, RateLimited),
    (500, {"error": "oops"}, OutcomeUnknown),
    (500, ["not", "an", "object"], OutcomeUnknown),
    (403, ["not", "an", "object"], NotAuthorised),
    (502, "<html>bad gateway</html>", OutcomeUnknown),
    (503, HTML_PAGE, OutcomeUnknown),
    (200, "<html>hello</html>", OutcomeUnknown),
    (200, {}, OutcomeUnknown),
    (200, ["not", "an", "object"], OutcomeUnknown),
    (201, {"data": None}, OutcomeUnknown),
]


@pytest.mark.parametrize(("status", "body", "error"), ANSWERS)
def test_each_answer_has_one_meaning(network: Network, status: int, body: Any, error: type[PlatformError]) -> None:
    network.simulator.refuse(network.post_path, status, body)
    with pytest.raises(PlatformError) as caught:
        network.platform.publish(network.sending())
    assert type(caught.value) is error
    assert caught.value.where == f"desk-{network.name}"
    assert network.live() == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirected_post_is_not_followed_and_certainly_not_posted(network: Network, status: int) -> None:
    network.simulator.refuse(network.post_path, status, "", Location=network.post_path)
    with pytest.raises(Unavailable, match="base_url"):
        network.platform.publish(network.sending())
    assert network.live() == []


def test_nobody_listening_is_certainly_not_posted(network: Network) -> None:
    platform = adapter(network.name, f"http://127.0.0.1:{free_port()}", network.secrets)
    with pytest.raises(Unavailable):
        platform.publish(network.sending())


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "https://no-such-host.invalid", "http://10.0.0.1:80"])
def test_a_refused_or_unknown_address_is_certainly_not_posted(network: Network, address: str) -> None:
    from bfbot import http
    from bfbot.config import read
    from bfbot.domain.schedule import Account
    from bfbot.platforms.registry import platform_for

    account = Account(id="desk", platform=network.name, campaigns=(), base_url=address)
    platform = platform_for(account, secrets=network.secrets, session=http.session(config=read({})))
    with pytest.raises(Unavailable):
        platform.publish(network.sending())


@pytest.mark.parametrize("fault", [CUT, HANG, BREAK])
def test_a_lost_answer_to_an_upload_is_certainly_not_posted(network: Network, fault: str) -> None:
    network.simulator.lose(fault, UPLOAD[network.name])
    with pytest.raises(Unavailable):
        losing(network, fault).publish(network.sending(media=(MEDIA,)))
    assert network.live() == []


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, timedelta(minutes=15)),
        ({"x_rate_limit_reset": "in {0:.0f}"}, timedelta(minutes=4)),
        ({"X_RateLimit_Reset": "iso {0}"}, timedelta(minutes=4)),
        ({"Retry_After": "240"}, timedelta(minutes=4)),
        ({"x_rate_limit_reset": "soon"}, timedelta(minutes=15)),
        ({"x_rate_limit_reset": "99999999999999"}, timedelta(minutes=15)),
        ({"x_rate_limit_reset": "4102444800"}, timedelta(days=1)),
    ],
)
def test_a_rate_limit_says_when_to_come_back(network: Network, headers: dict[str, str], wait: timedelta) -> None:
    reset = datetime.now(UTC) + timedelta(minutes=4)
    values = {
        name: value.replace("in {0:.0f}", f"{reset.timestamp():.0f}").replace("iso {0}", reset.isoformat())
        for name, value in headers.items()
    }
    network.simulator.refuse(network.post_path, 429, {"error": "slow down"}, **values)
    with pytest.raises(RateLimited) as caught:
        network.platform.publish(network.sending())
    second = timedelta(seconds=1)  # a reset is told in whole ones
    # Between the reset as it was written down and now, however long the machine took: nothing else is right.
    assert reset - timedelta(minutes=4) - second <= caught.value.retry_at - wait <= datetime.now(UTC) + second


def test_a_good_answer_with_a_broken_rate_limit_header_is_not_called_unposted(network: Network) -> None:
    """Mastodon.py raises its rate limit error for this, although the post was made."""
    body = {"id": "7", "created_at": "2026-11-23T08:30:00Z", "url": "", "data": {"id": "7", "text": ""}}
    network.simulator.refuse(network.post_path, 200, body, X_RateLimit_Reset="soon")
    try:
        receipt = network.platform.publish(network.sending())
    except OutcomeUnknown:
        return
    assert receipt.remote_id == "7"


@pytest.mark.parametrize("status", [500, 503])
def test_a_list_that_cannot_be_read_is_not_an_empty_list(network: Network, status: int) -> None:
    for path in ("/api/v1/accounts/verify_credentials", "/2/users/2244994945/tweets"):
        network.simulator.refuse(path, status, HTML_PAGE, method="GET")
    with pytest.raises(Unavailable):
        network.platform.find(network.sending())


def test_a_duplicate_is_told_apart_from_a_refused_key() -> None:
    with opened("x") as x:
        x.simulator.refuse(x.post_path, 403, DUPLICATE)
        with pytest.raises(Duplicate):
            x.platform.publish(x.sending())
        x.simulator.refuse(x.post_path, 403, {"detail": "You may only reply if the author mentioned you."})
        with pytest.raises(Rejected, match="reply"):
            x.platform.publish(x.sending())


@pytest.mark.parametrize("seconds", [-40, 40])
def test_a_network_whose_clock_is_wrong_is_read_back_all_the_same(seconds: int) -> None:
    for name in SIMULATED:
        with opened(name, skew=timedelta(seconds=seconds)) as network:
            sending = network.sending()
            receipt = network.platform.publish(sending)
            assert network.platform.find(sending).remote_id == receipt.remote_id


def test_a_list_that_comes_late_says_not_there_and_then_there(network: Network) -> None:
    sending = network.sending()
    network.platform.publish(sending)
    network.simulator.hidden_reads = 1
    assert network.platform.find(sending) is None
    assert network.platform.find(sending) is not None


@pytest.mark.parametrize("status", [200, 400, 401, 403, 422, 429, 500])
def test_no_secret_shows_in_errors_logs_or_representations(
    network: Network, status: int, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even where the server throws the keys back at us."""
    caplog.set_level(logging.DEBUG)
    echo = {"error": " ".join(network.secrets.values()), "detail": " ".join(network.secrets.values())}
    network.simulator.refuse(network.post_path, status, echo)
    with pytest.raises(PlatformError) as caught:
        network.platform.publish(network.sending())
    network.platform.find(network.sending())
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(caught.value)
    told += repr(network.platform) + repr(vars(network.platform)) + repr(network.platform._setup)
    printed = capsys.readouterr()
    logged = "\n".join(record.getMessage() for record in caplog.records if "echo" not in record.name)
    for secret in network.secrets.values():
        assert secret not in told
        assert secret not in printed.out + printed.err
        assert secret not in logged
