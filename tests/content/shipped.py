"""The shipped files as plain data, read without bfbot's own reader."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
SEVEN = ("outcomes", "leadership", "improvement", "right-support", "funding", "what-works", "workforce")
KINDS = ("statistic", "ask", "action", "video", "case-study", "event")

REFUSED = {
    "extra-help-refused": "extra-help",
    "slavery-eightfold-refused": "slavery-eightfold",
    "funding-gap": "funding-gap-2025b",
    "funding-gap-older": "funding-gap-2025a",
    "named-minister-refused": "named-minister",
    "fund-fully-refused": "fund-fully",
}
"""Posts that are meant to be refused, and the statistic or ask that they are refused for."""


@cache
def listed(folder: str, key: str) -> tuple[dict[str, Any], ...]:
    """All things under one top key, over every file of a folder."""
    yaml = YAML(typ="safe", pure=True)
    files = [yaml.load(path) or {} for path in sorted((ROOT / folder).glob("*.yaml"))]
    return tuple(one for content in files for one in content.get(key) or ())


def messages(campaign: str | None = None) -> list[dict[str, Any]]:
    return [one for one in listed("messages", "messages") if campaign in (None, one["campaign"])]


def facts() -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in listed("messages", "facts")}


def texts(message: dict[str, Any]) -> list[str]:
    """Everything of a message that a reader may see."""
    return [message["text"], *message.get("variants", {}).values()]


def names_fact(message: dict[str, Any]) -> bool:
    cards = any("card" in one for one in message.get("media", ()))
    return cards or any(f"{{{kind}:" in text for text in texts(message) for kind in ("fact", "period", "source"))


def sendable_any_day(message: dict[str, Any]) -> bool:
    """No dated figure, no dates of its own, no call on politicians: nothing in it grows old."""
    dated = names_fact(message) or "valid" in message or "when" in message
    return not (dated or message.get("lobbying") or message.get("asks"))
