"""Accounts on simulated networks for a workspace of the tests."""

from __future__ import annotations

from tests.cli.desk import AUTHOR, Desk
from tests.simulators.server import Simulator
from tests.simulators.x import KEYS

PRACTICE = """\
  - {id: practice-lga, platform: rehearsal, campaigns: [bright-futures]}
  - {id: practice-ccn, platform: rehearsal, campaigns: [county-children]}
"""
MASTODON = """\
  - id: town
    platform: mastodon
    campaigns: [bright-futures]
    base_url: "{url}"
    secrets: {{access_token: env:TOWN_ENTRY}}
"""
X = """\
  - id: town-x
    platform: x
    campaigns: [bright-futures]
    base_url: "{url}"
    secrets:
      consumer_key: env:X_ONE
      consumer_secret: env:X_TWO
      access_token: env:X_THREE
      access_token_secret: env:X_FOUR
"""
X_SETTINGS = dict(zip(("X_ONE", "X_TWO", "X_THREE", "X_FOUR"), KEYS.values(), strict=True))
"""Names that give nothing away: bfbot must know from the accounts' entries that these are secrets."""


def join(desk: Desk, *, mastodon: str = "", x: str = "") -> None:
    """Put accounts at these addresses into the workspace, beside the practice channel; and no posting times."""
    text = "accounts:\n" + PRACTICE
    text += MASTODON.format(url=mastodon) if mastodon else ""
    text += X.format(url=x) if x else ""
    desk.write("schedules/accounts.yaml", text)
    desk.write("schedules/slots.yaml", "slots: []\n")
    addresses = [url.removeprefix("http://") for url in (mastodon, x) if url]
    desk.settings["BFBOT_PRIVATE_HOSTS"] = ",".join(addresses)


def approved(desk: Desk, account: str, text: str, *more: object) -> int:
    """The id of a post that two people agreed on, for now."""
    words = ("--campaign", "bright-futures", "--account", account, "--text", text, "--author", AUTHOR)
    number = int(desk.well("queue", "add", *words, *more, "--json").json["id"])
    desk.well("queue", "approve", number, "--by", "Bea")
    return number


def state(desk: Desk, post: int) -> str:
    """Of its only way to an account; read past bfbot."""
    ((found,),) = desk.rows(f"SELECT state FROM ledger_delivery WHERE post_id = {post}")
    return str(found)


def texts(network: Simulator) -> list[str]:
    """Everything that was ever published there, deleted or not."""
    with network.lock:
        return [one["wrote"] for one in network.ledger]
