"""A post that may be live, on the command line: seen, looked for, settled and given up, in words and in JSON."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.cli.desk import APPROVER, AUTHOR, Desk, new_desk

pytestmark = pytest.mark.slow

WRITE = ("queue", "add", "--campaign", "bright-futures", "--account", "practice-lga", "--author", AUTHOR)
THREAD = "Doors stay open this week.\n---\nBehind each is a room.\n---\nCome in from the cold."
TRIED = "2026-07-14 10:30:05.000000"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return new_desk(tmp_path_factory.mktemp("settling") / "desk")


def doubtful(desk: Desk, text: str, *, live_parts: int = 0) -> int:
    """An approved post for another day of which a request got no answer; its number."""
    number = int(desk.well(*WRITE, "--text", text, "--at", "2095-03-04T09:00", "--json").json["id"])
    desk.well("queue", "approve", number, "--by", APPROVER)
    ((delivery,),) = desk.rows(f"SELECT id FROM ledger_delivery WHERE post_id = {number}")
    for part in range(live_parts):
        desk.rows(
            "INSERT INTO ledger_part (delivery_id, number, remote_id, url, published_at) "
            f"VALUES ({delivery}, {part}, '{part + 90}', '/practice/{part + 90}', '{TRIED}')"
        )
    desk.rows(
        "INSERT INTO ledger_attempt (delivery_id, part, started_at, worker, action, outcome, detail) "
        f"VALUES ({delivery}, {live_parts}, '{TRIED}', 'w', 'publish', 'unknown', 'The line went dead.')"
    )
    desk.rows(f"UPDATE ledger_delivery SET state = 'unknown', attempts = 1 WHERE id = {delivery}")
    return number


def settle(desk: Desk, number: int, *words: object) -> tuple[str, ...]:
    done = desk("queue", "settle", number, "--account", "practice-lga", "--by", APPROVER, *words)
    return str(done.code), done.out, done.err


def test_a_thread_in_doubt_from_the_first_look_to_the_last_word(desk: Desk) -> None:
    number = doubtful(desk, THREAD, live_parts=1)
    told = desk.well("queue", "show", number).out
    assert "Tue 14 Jul 11:30:05  part 2 sent; no answer that tells what came of it: The line went dead." in told
    assert "part 1, live /practice/90: Doors stay open this week." in told
    assert "part 2, in doubt: Behind each is a room." in told
    assert f"bfbot queue settle {number} --account practice-lga --part 2 --live LINK" in told

    shown = desk.post(number)["deliveries"][0]
    assert [one["state"] for one in shown["parts"]] == ["live", "in_doubt", "not_sent"]
    assert (shown["in_doubt"], shown["part_to_settle"], shown["network_lists"]) == (True, 2, True)
    (tried,) = shown["tried"]
    assert (tried["part"], tried["outcome"], tried["detail"]) == (2, "unknown", "The line went dead.")
    assert datetime.fromisoformat(tried["at"]).isoformat() == "2026-07-14T11:30:05+01:00"

    (looked,) = desk.json("queue", "look", number, "--by", APPROVER)
    assert (looked["part"], looked["outcome"], looked["seen"], looked["unlisted"]) == (2, "absent", [], None)
    words = desk.well("queue", "look", number, "--account", "practice-lga", "--by", APPROVER).out
    assert "it is not in the account's list. That proves nothing yet" in words
    assert "The account's list shows nothing since Tue 14 Jul 08:30:05." in words
    assert [one["count"] for one in desk.post(number)["deliveries"][0]["tried"]] == [1, 2], "looks are on record"

    code, _, why = settle(desk, number, "--live", "/practice/91")
    assert (code, "Part 2 is in doubt (--part 2)" in why) == ("2", True)
    assert settle(desk, number, "--part", "2", "--live", "https://x.com/desk/status/1")[0] == "2"
    assert settle(desk, number, "--part", "2", "--live", "/practice/91", "--json")[0] == "0"
    delivery = desk.post(number)["deliveries"][0]
    assert (delivery["state"], [one["state"] for one in delivery["parts"]]) == (
        "due",
        ["live", "live", "not_sent"],
    )


def test_a_look_shows_what_the_account_posted(desk: Desk) -> None:
    number = doubtful(desk, "A word on family help that nobody has said.")
    desk.rows(
        "INSERT INTO ledger_practicepost (account, key, text, media, reply_to, created_at) "
        f"VALUES ('practice-lga', 'k', 'By hand\x1b[2J, today', '[]', '', '{TRIED}')"
    )
    words = desk.well("queue", "look", number, "--by", APPROVER).out
    assert "Tue 14 Jul 11:30:05  /practice/" in words
    assert "By hand [2J, today" in words, "a network's words do not steer the terminal"
    (looked,) = desk.json("queue", "look", number, "--by", APPROVER)
    (seen,) = looked["seen"]
    assert (seen["text"], seen["published_at"]) == ("By hand\x1b[2J, today", "2026-07-14T11:30:05+01:00")
    assert settle(desk, number, "--live", seen["url"])[0] == "0"
    assert desk.post(number)["deliveries"][0]["remote_id"] == seen["remote_id"]
    assert desk("queue", "look", number, "--by", APPROVER).code == 1, "nothing is in doubt any more"


def test_given_up_is_given_up(desk: Desk) -> None:
    number = doubtful(desk, "A word on foster homes that nobody has said.")
    assert settle(desk, number)[0] == "2"
    assert settle(desk, number, "--give-up", "--not-live")[0] == "2"
    code, out, _ = settle(desk, number, "--give-up", "--reason", "The account is closed.")
    assert (code, "given up: may be live" in out) == ("0", True)
    delivery = desk.post(number)["deliveries"][0]
    assert (delivery["state"], delivery["reason"], delivery["in_doubt"]) == ("failed", "given_up", True)
    assert "The account is closed." in delivery["error"]
    assert desk("queue", "retry", number, "--by", AUTHOR).code == 1
    assert "nothing more is sent. You can still say" in desk.well("queue", "show", number).out
    assert desk.json("audit")[0]["action"] == "given up"
