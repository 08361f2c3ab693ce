"""Commands as scripts use them: exit codes, JSON on stdout, words on stderr, and who may do what."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from bfbot.cli.words import DELIVERY_STATES, POST_STATES
from bfbot.domain.states import DeliveryState, PostState
from tests.cli.desk import APPROVER, AUTHOR, OURS, Desk, new_desk

pytestmark = pytest.mark.slow

TEXT = "Family hubs open their doors on Monday."
POST = (
    "queue",
    "add",
    "--campaign",
    "bright-futures",
    "--account",
    "practice-lga",
    "--author",
    AUTHOR,
    "--text",
)
POST_KEYS = {
    "id",
    "campaign",
    "state",
    "held",
    "origin",
    "first_planned_at",
    "scheduled_for",
    "text",
    "deliveries",
}
DELIVERY_KEYS = {
    "id",
    "account",
    "platform",
    "state",
    "due_at",
    "published_at",
    "remote_id",
    "url",
    "attempts",
    "error",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One workspace for all tests of this file: each makes posts of its own in it."""
    return new_desk(tmp_path_factory.mktemp("commands") / "desk")


def add(desk: Desk, text: str, *more: object) -> dict[str, object]:
    return dict(desk.well(*POST, text, "--json", *more).json)


def test_a_post_from_the_first_word_to_its_network(desk: Desk) -> None:
    post = desk.well(*POST, TEXT, "--json").json
    assert post.keys() >= POST_KEYS
    assert post["deliveries"][0].keys() >= DELIVERY_KEYS
    assert (post["state"], post["held"], post["origin"]) == ("in_review", False, "person")
    assert datetime.fromisoformat(post["scheduled_for"]).utcoffset() is not None

    own = desk("queue", "approve", post["id"], "--by", AUTHOR)
    assert (own.code, own.out) == (1, "")
    approved = desk.well("queue", "approve", post["id"], "--by", APPROVER, "--json").json
    assert approved["state"] == "approved"

    counts = desk.well("once", "--json").json
    assert counts["published"] == 1
    shown = desk.post(post["id"])
    delivery = shown["deliveries"][0]
    assert (shown["state"], delivery["state"], delivery["error"]) == ("closed", "published", None)
    assert delivery["remote_id"]
    assert delivery["published_at"]
    assert any(one["id"] == post["id"] for one in desk.json("queue", "list"))

    whole = desk.well("queue", "show", post["id"]).out
    assert TEXT in whole
    assert "done" in whole
    assert f"{APPROVER}: approved" in whole

    desk.well("queue", "delete", post["id"], "--by", APPROVER)
    assert desk.post(post["id"])["deliveries"][0]["state"] == "deleted"
    assert desk("queue", "delete", post["id"], "--by", APPROVER).code == 1


def test_a_draft_is_edited_sent_back_rejected_and_cancelled(desk: Desk) -> None:
    number = add(desk, "A first thought about foster homes.", "--draft", "--at", "2095-03-04T09:00")["id"]
    edited = desk.well(
        "queue", "edit", number, "--text", "A second thought about them.", "--by", AUTHOR, "--draft", "--json"
    ).json
    assert edited["state"] == "draft"
    assert edited["scheduled_for"] == "2095-03-04T09:00:00+00:00"
    assert desk.well("queue", "submit", number, "--by", AUTHOR, "--json").json["state"] == "in_review"
    back = desk.well("queue", "send-back", number, "--by", APPROVER, "--reason", "Name the place.", "--json").json
    assert (back["state"], back["note"]) == ("draft", "Name the place.")
    desk.well("queue", "submit", number, "--by", AUTHOR)
    refused = desk.well("queue", "reject", number, "--by", APPROVER, "--reason", "Not our news.", "--json").json
    assert refused["state"] == "rejected"
    assert desk.well("queue", "withdraw", number, "--by", AUTHOR, "--json").json["state"] == "withdrawn"
    assert desk("queue", "withdraw", number, "--by", AUTHOR).code == 1


def test_a_refused_post_is_kept_as_a_draft_and_names_the_mend(desk: Desk) -> None:
    done = desk(*POST, "Children’s services face a gap of {fact:funding-gap-2025b}.", "--json")
    assert (done.code, done.out) == (1, "")
    assert "expired" in done.err
    assert "kept as a draft" in done.err
    (kept,) = [one for one in desk.json("queue", "list", "--state", "draft") if "{fact:" in one["text"]]
    assert "expired" in kept["note"]


def test_a_claim_is_held_until_it_is_confirmed_in_words(desk: Desk) -> None:
    number = add(desk, "Nearly 12 per cent of children here wait for more than a year.")["id"]
    held = desk("queue", "approve", number, "--by", APPROVER)
    assert held.code == 1
    assert "12 per cent" in held.err
    said = "Council’s own count, March return."
    assert desk.well("queue", "approve", number, "--by", APPROVER, "--confirm", said, "--json").json["state"] == (
        "approved"
    )


def test_a_picture_needs_its_words(desk: Desk, tmp_path: Path) -> None:
    picture = tmp_path / "card.png"
    Image.new("RGB", (600, 400), "navy").save(picture)
    without = desk(*POST, "A picture without words.", "--media", picture)
    assert without.code == 2
    assert "alt text" in without.err
    words = ("--alt", "A blue card with a question on it")
    post = add(desk, "A picture with its words.", "--media", picture, *words, *OURS)
    assert "A blue card" in desk.well("queue", "show", post["id"]).out


def test_the_pause_stops_and_only_approvers_resume(desk: Desk) -> None:
    number = add(desk, "Something that waits.", "--at", "2095-03-05T09:00")["id"]
    desk.well("pause", "--reason", "National mourning", "--by", AUTHOR)
    (hold,) = desk.json("holds")
    assert (hold["scope"], hold["reason"], hold["by"]) == ("everything", "National mourning", AUTHOR)
    assert desk.post(int(str(number)))["held"] is True
    assert desk("resume", "--by", AUTHOR).code == 1
    desk.well("resume", "--by", APPROVER)
    assert desk.json("holds") == []
    assert "Nothing is paused" in desk("holds").err


def test_an_evergreen_post_is_signed_for_repeat(desk: Desk) -> None:
    done = desk.well("approve-standing", "--message", "early-help-explained", "--by", APPROVER)
    assert "early-help-explained" in done.out
    assert desk("approve-standing", "--message", "early-help-explained", "--by", AUTHOR).code == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("queue", "list", "--state", "lost"), 2, "No post is “lost”"),
        (("queue", "show", "999"), 1, "no post 999"),
        ((*POST[:-1], "--text", "x", "--at", "tomorrow"), 2, "not a time"),
        ((*POST[:-1], "--text", "x", "--at", "2026-10-25T01:30"), 2, "happens twice"),
        (("queue", "add", "--text", "x"), 2, "Missing option"),
        (("queue", "approve", "1", "--by", "Nobody"), 1, "Nobody"),
        (("pause", "--reason", "x", "--account", "practise"), 2, "There is no account “practise”"),
        (("approve-standing", "--by", APPROVER), 2, "--message"),
        (("approve-standing", "--message", "none", "--by", APPROVER), 2, "none"),
        (("news", "poll", "nowhere"), 2, "nowhere"),
        (("report", "weekly", "--week", "next"), 2, "not a week"),
        (("report", "weekly", "--campaign", "none"), 2, "none"),
        (("measure", "999"), 1, "no post 999"),
        (("accounts", "test", "nobody"), 2, "nobody"),
        (("user", "add", "planner", "--role", "admin"), 2, "planner"),
        (("user", "add", "Zoe", "--role", "author", "--campaign", "none"), 2, "none"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_what_is_wrong_has_its_exit_code_and_one_message_on_stderr(
    desk: Desk, words: tuple[str, ...], code: int, says: str
) -> None:
    done = desk(*words)
    assert (done.code, done.out) == (code, ""), done
    assert says.lower() in done.err.lower()
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("queue", "list"),
        ("news", "list"),
        ("accounts", "list"),
        ("holds",),
        ("audit",),
        ("user", "list"),
        ("check",),
    ],
    ids=" ".join,
)
def test_every_listing_has_json(desk: Desk, words: tuple[str, ...]) -> None:
    assert isinstance(desk(*words, "--json").json, list)


def test_the_workspace_speaks_its_words(desk: Desk) -> None:
    assert set(POST_STATES) == set(PostState)
    assert set(DELIVERY_STATES) == set(DeliveryState)
    table = desk.well("queue", "list").out
    assert "in_review" not in table
    accounts = {one["id"]: one for one in desk.json("accounts", "list")}
    assert accounts["practice-lga"].items() >= {"platform": "rehearsal", "state": "practice"}.items()
    assert "Practice channel" in desk.well("accounts", "test", "practice-lga").out


def test_the_record_is_whole_and_says_when_it_is_not(desk: Desk) -> None:
    add(desk, "A post that leaves its mark in the record.", "--draft")
    entries = desk.json("audit")
    assert all(one["whole"] for one in entries)
    assert entries[0]["action"] == "written"


def test_a_password_comes_by_standard_input_and_is_never_shown(desk: Desk) -> None:
    done = desk("user", "passwd", AUTHOR, typed="a long enough phrase\n")
    assert (done.code, "phrase" in done.out + done.err) == (0, False)
    assert desk("user", "passwd", AUTHOR, typed="short\n").code == 2


def test_check_names_files_settings_and_missing_secrets_at_once(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "desk")
    assert desk("check").code == 0
    desk.write(".env", "BFBOT_LOG=info\nBFBOT_PORT=eighty\nBFBOT_TIMEZON=Europe/Paris\n")
    desk.write(
        "schedules/accounts.yaml",
        "accounts:\n"
        "  - {id: practice-lga, platform: rehearsal, campaigns: [bright-futures, county-children]}\n"
        "  - {id: practice-ccn, platform: rehearsal, campaigns: [county-children]}\n"
        "  - {id: town, platform: mastodon, campaigns: [bright-futures], base_url: 'https://social.example',\n"
        "     secrets: {access_token: env:TOWN_TOKEN}}\n",
    )
    desk.write("messages/new.yaml", "messages:\n  - id: broken\n    kind: poem\n")
    done = desk("check", "--json")
    found = {(one["file"], one["line"], one["level"]): one for one in done.json}
    assert done.code == 1
    assert all(one.keys() >= {"file", "line", "level", "rule", "message", "mend"} for one in done.json)
    assert "eighty" in found[".env", 2, "error"]["message"]
    assert "BFBOT_TIMEZONE" in found[".env", 3, "warning"]["mend"]
    assert "TOWN_TOKEN" in found["schedules/accounts.yaml", 5, "warning"]["message"]
    assert any(file == "messages/new.yaml" for file, _, _ in found)
    assert "Errors: " in done.err


def test_init_that_fails_leaves_a_folder_that_can_be_tried_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "new")
    failed = desk("init", desk.home, BFBOT_DATABASE_URL="mysql://db.example/desk")
    assert (failed.code, failed.out) == (4, "")
    assert not any(desk.home.iterdir())
    desk.well("init", desk.home)


def test_init_refuses_a_folder_in_use_and_makes_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used/file").touch()
    assert Desk(tmp_path / "used")("init", tmp_path / "used").code == 2
    desk = Desk(tmp_path / "empty")
    desk.well("init", desk.home, "--empty")
    assert desk.json("accounts", "list") == []
    assert desk.json("queue", "list") == []
    assert desk.home.joinpath(".env").stat().st_mode & 0o777 == 0o600
    assert json.loads(desk.well("schema").out)


def test_pausing_resuming_and_signing_speak_json_too(desk: Desk) -> None:
    paused = desk.well("pause", "--reason", "National mourning", "--by", AUTHOR, "--json").json
    assert (paused["scope"], paused["by"], paused["until"]) == ("everything", AUTHOR, None)
    (ended,) = desk.well("resume", "--by", APPROVER, "--json").json
    assert ended["id"] == paused["id"]
    signed = desk.well("approve-standing", "--message", "early-help-explained", "--by", APPROVER, "--json").json
    assert (signed["subject"], signed["by"]) == ("message:early-help-explained", APPROVER)
