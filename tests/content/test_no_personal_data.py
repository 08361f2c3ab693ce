"""Nothing that ships tells of a person: no names beside ages, no telephone, no address but the campaigns' own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bfbot.library.media_forms import ConsentForm
from bfbot.rules.named_ages import name_with_age
from tests.content.shipped import ROOT, listed, messages, texts

FILES = sorted([*(ROOT / "messages").glob("*.yaml"), *(ROOT / "schedules").glob("*.yaml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_files_hold_no_personal_address_and_no_telephone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = {one["contact"] for one in listed("schedules", "campaigns")}
    assert set(re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text)) <= known
    assert not re.search(r"(?:\+44|\b0)[\s-]?\d{2,5}[\s-]?\d{3,4}[\s-]?\d{3,4}\b", text)


def test_no_post_tells_somebody_by_name_and_age() -> None:
    for one in messages():
        said = [*texts(one), *(media.get("alt", "") for media in one.get("media", ()))]
        assert not [text for text in said if name_with_age(text)], one["id"]


def test_nobody_stands_in_the_consents_and_nobody_can() -> None:
    """Every field is a number, a day, an id or one of a few words: there is none for free text."""
    assert listed("messages", "consents") == ()
    assert set(ConsentForm.model_fields) == {
        "id", "scope", "campaigns", "channels", "given_by", "recorded_on", "expires", "withdrawn",
    }  # fmt: skip


def test_every_shipped_picture_has_its_rights_and_shows_nobody() -> None:
    entries = listed("messages", "pictures")
    lying = {f"pictures/{path.name}" for path in (ROOT / "messages" / "pictures").iterdir()}
    assert {one["file"] for one in entries} == lying
    for one in entries:
        assert one["people"] == "none"
        assert all(one[key] for key in ("credit", "licence", "owner", "expires"))
