"""Pages behind links, looked at through the guarded seam: gone, closed, moved, faulty, or nothing known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.config import config
from bfbot.desk import judging, link_check, review, writing
from bfbot.desk.link_check import AGAIN, GOOD_FOR, check_due, check_post, pages_of
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.link import LinkState, state_of
from bfbot.domain.post import Post, Wording
from bfbot.http import Fetched, FetchFailed, look
from bfbot.ledger import links, posts
from tests.desk.steps import SOON, TEXT
from tests.servers.feeds import FeedServer
from tests.servers.ports import free_port
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(home: Path) -> Iterator[FeedServer]:
    with FeedServer() as one:
        yield one


def linked(link: str) -> Post:
    """In review, with a link."""
    post = writing.write(
        campaign=BRIGHT, accounts=[PRACTICE], wording=Wording(TEXT, link=link), at=SOON, actor=AUTHOR, now=NOW
    )
    return review.submit(post.id, actor=AUTHOR, now=NOW)


def through(server: FeedServer) -> link_check.Look:
    """The guarded seam with this one loopback server allowed."""
    return lambda url: look(url, seconds=1, config=server.config())


def told(post: Post) -> list[Finding]:
    found = judging.findings(post.id, Moment.APPROVE, now=NOW)
    return [one for one in found if one.rule.startswith("link-")]


def test_a_page_that_is_not_there_wants_a_written_word(server: FeedServer) -> None:
    server.answer("/soon", status=404)
    post = linked(server.url("/soon"))
    assert check_due(NOW, get=through(server)) == 1
    (one,) = told(post)
    assert (one.rule, one.level) == ("link-there", Level.CONFIRM)
    assert "(answer 404)" in one.message
    assert "looked on 23 November at 09:00" in one.message
    with pytest.raises(judging.Refused, match="no page"):
        review.approve(post.id, actor=APPROVER, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed="It is published at noon.")


def test_a_door_that_wants_a_sign_in(server: FeedServer) -> None:
    server.answer("/draft", status=302, headers={"Location": "/login?next=/draft"})
    server.answer("/login", b"Sign in")
    post = linked(server.url("/draft"))
    check_post(post.id, NOW, get=through(server))
    assert "asked for a sign-in" in told(post)[0].message


def test_a_page_that_moved_is_told_with_its_new_address(server: FeedServer) -> None:
    server.answer("/old", status=301, headers={"Location": "/new"})
    server.answer("/new", b"here")
    post = linked(server.url("/old"))
    check_post(post.id, NOW, get=through(server))
    (one,) = told(post)
    assert (one.rule, one.level) == ("link-straight", Level.WARN)
    assert one.message.endswith(f"leads on to {server.url('/new')}.")
    review.approve(post.id, actor=APPROVER, now=NOW)


def test_a_page_that_is_there_is_read_by_nobody(server: FeedServer) -> None:
    server.answer("/a", b"x" * 8_000_000)
    post = linked(server.url("/a") + "?utm_source=x&id=1#part")
    check_post(post.id, NOW, get=through(server))
    assert told(post) == []
    assert [one.path for one in server.asked] == ["/a?id=1"]


def test_no_answer_is_nothing_known_and_refuses_nothing(home: Path) -> None:
    post = linked(f"http://127.0.0.1:{free_port()}/a")
    check_post(post.id, NOW)  # a private address nobody allowed: the guard lets nothing out
    seen = links.seen(pages_of(post))
    assert [one.state for one in seen.values()] == [LinkState.UNREACHED]
    assert told(post) == []
    review.approve(post.id, actor=APPROVER, now=NOW)


def test_pages_are_looked_at_again_when_it_is_time(home: Path) -> None:
    linked("https://www.example.org/a")
    asked: list[str] = []
    answers = {"https://www.example.org/a": 200}

    def get(url: str) -> Fetched:
        asked.append(url)
        return Fetched(answers[url], b"", {}, url)

    for later, count in ((timedelta(), 1), (GOOD_FOR / 2, 1), (GOOD_FOR, 2)):
        check_due(NOW + later, get=get)
        assert len(asked) == count
    answers["https://www.example.org/a"] = 404
    check_due(NOW + 2 * GOOD_FOR, get=get)
    check_due(NOW + 2 * GOOD_FOR + AGAIN, get=get)
    assert len(asked) == 4


def test_a_round_ends_with_its_patience(home: Path) -> None:
    for number in range(3):
        linked(f"https://www.example.org/{number}")

    def get(url: str) -> Fetched:
        raise FetchFailed("It did not finish.")

    assert check_due(NOW, most=2, get=get) == 2
    assert check_due(NOW, patience=-1, get=get) == 0
    assert check_due(NOW, get=get) == 1


def test_the_sample_workspace_reaches_nobody(home: Path) -> None:
    linked("https://www.example.org/a")
    (config().home / "SAMPLE").write_text("practice")
    try:
        assert check_due(NOW, get=lambda url: Fetched(200, b"", {}, url)) == 0
    finally:
        (config().home / "SAMPLE").unlink()


def test_nothing_is_held_open_while_a_page_is_waited_for(transactional_db: None, home: Path) -> None:
    """The look happens outside of every transaction."""
    from django.db import connection

    post = linked("https://www.example.org/a")

    def get(url: str) -> Fetched:
        assert not connection.in_atomic_block
        return Fetched(200, b"", {}, url)

    assert check_post(post.id, NOW, get=get) == 1


@pytest.mark.parametrize(
    ("status", "final", "state"),
    [
        (200, "https://e.org/a/", LinkState.THERE),
        (200, "https://E.org:443/a", LinkState.THERE),
        (200, "https://e.org/b", LinkState.MOVED),
        (200, "https://id.e.org/sign-in?to=a", LinkState.CLOSED),
        (200, "https://e.org/logins-and-passwords", LinkState.MOVED),
        (401, "https://e.org/a", LinkState.CLOSED),
        (403, "https://e.org/a", LinkState.FAULTY),
        (404, "https://e.org/b", LinkState.GONE),
        (410, "https://e.org/a", LinkState.GONE),
        (500, "https://e.org/a", LinkState.FAULTY),
    ],
)
def test_what_an_answer_says(status: int, final: str, state: LinkState) -> None:
    assert state_of("http://e.org/a", status, final) is state


def test_what_goes_out_is_looked_at_in_every_wording(home: Path) -> None:
    post = linked("https://a.example/x")
    wording = replace(post.wording, variants={"x": "See https://b.example/y, now (https://c.example/z)."})
    assert pages_of(replace(posts.get(post.id), wording=wording)) == (
        "https://a.example/x",
        "https://b.example/y",
        "https://c.example/z",
    )
