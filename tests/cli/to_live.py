"""The steps by which an account on a network goes live, as a team takes them at its terminal."""

from __future__ import annotations

from tests.cli.desk import APPROVER, AUTHOR, Desk


def first_post(desk: Desk, account: str, campaign: str, text: str) -> int:
    """Written by one, approved by another, due now; bfbot sends it."""
    words = ("--campaign", campaign, "--account", account, "--text", text, "--author", AUTHOR, "--json")
    number = int(desk.well("queue", "add", *words).json["id"])
    desk.well("queue", "approve", number, "--by", APPROVER)
    return number


def prepare(desk: Desk, *accounts: str) -> None:
    """A pause is tried once, and the statistics of each are vouched for."""
    desk.well("pause", "--reason", "A trial", "--by", AUTHOR)
    desk.well("resume", "--by", APPROVER)
    for account in accounts:
        desk.well("accounts", "reviewed", account, "--by", APPROVER)


def go_live(desk: Desk, account: str) -> None:
    """Once its first post is out and its feeds are read."""
    desk.well("accounts", "ask-to-go-live", account, "--by", AUTHOR)
    desk.well("accounts", "confirm-going-live", account, "--by", APPROVER)
