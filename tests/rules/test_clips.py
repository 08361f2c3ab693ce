"""Clips before the rules: where they may go, what they must bring, and whose they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bfbot.domain.finding import Level
from bfbot.domain.limits import ClipLimits
from bfbot.domain.message import MediaUse
from bfbot.domain.names import listed
from bfbot.domain.picture import People
from bfbot.platforms.registry import limits_of
from tests.rules.cases import CARD, CLIP, filmed, found
from tests.rules.team_files import LIMITS

OPEN = replace(LIMITS, clips=ClipLimits(frozenset({"video/mp4"}), 1_000_000, 15, captions=True))


def said(rule: str, **given: Any) -> list[str]:
    findings = found(rule, filmed(**given))
    assert all(one.level is Level.REFUSE and one.mend for one in findings)
    return [one.message for one in findings]


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({}, ""),
        ({"limits": LIMITS}, "bfbot sends no clips to mastodon."),
        ({"mime": "video/webm"}, "is of the type video/webm"),
        ({"size": 1_000_001}, "has 1,000,001 bytes; mastodon takes 1,000,000"),
        ({"milliseconds": 15_001}, "lasts 0:15; mastodon takes 0:15"),
    ],
)
def test_a_network_takes_the_clips_that_it_declares(changed: dict[str, Any], what: str) -> None:
    messages = said("media-kind", **changed)
    assert len(messages) == bool(what)
    assert what in "".join(messages)


def test_what_each_network_declares() -> None:
    assert limits_of("x").clips is None
    for name, captions in (("rehearsal", True), ("mastodon", False)):
        clips = limits_of(name).clips
        assert clips is not None
        assert clips == ClipLimits(frozenset({"video/mp4", "video/webm"}), 41_943_040, 600, captions)


def test_a_clip_stands_alone() -> None:
    asked = filmed()
    [proof] = asked.proofs.values()
    both = replace(proof, parts=(replace(proof.parts[0], media=(CLIP, CARD)),))
    [finding] = found("media-count", replace(asked, proofs={proof.account: both}))
    assert "a clip stands alone" in finding.message
    assert not found("media-count", asked)


def test_a_stored_clip_without_captions_is_refused_whatever_its_file_is_called() -> None:
    assert said("captions", captions="", spoken="") == ["A video has no captions."]
    disguised = filmed(captions="", spoken="")
    use = MediaUse(alt="A visit.", file="films/visit.png")
    wording = replace(disguised.post.wording, media=(use,))
    assert found("captions", replace(disguised, post=replace(disguised.post, wording=wording)))
    assert not said("captions")


def test_captions_reach_whoever_watches() -> None:
    """As a file where the network takes one; else in the picture, and somebody wrote that down."""
    assert not said("captions-shown", in_picture=False, limits=OPEN)
    assert not said("captions-shown", in_picture=True)
    [message] = said("captions-shown", in_picture=False)
    assert "mastodon takes no file of captions" in message


@pytest.mark.parametrize(
    ("held", "what"),
    [
        ({"licence": ""}, "The clip “visit” has no licence"),
        ({"expires": date(2020, 1, 1)}, "The rights in the clip “visit” ended"),
        ({"file": "films/other.mp4"}, "Nobody wrote down whose clip “films/visit.mp4” is"),
    ],
)
def test_a_clip_has_rights_as_a_picture_has(held: dict[str, Any], what: str) -> None:
    assert what in said("picture-rights", held=held)[0]
    assert not said("picture-rights")


def test_people_in_a_clip_need_a_consent_and_somebody_s_word() -> None:
    shown = {"people": People.ADULTS, "consent": "consent-2026-077"}
    assert said("consent", held=shown)
    [word] = found("people-shown", filmed(held=shown))
    assert (word.level, word.message) == (Level.CONFIRM, "The clip “visit” shows adults.")


def test_a_name_in_the_captions_is_a_name_beside_a_child() -> None:
    names = listed("Zenobia Quillfeather\n")
    children = {"people": People.CHILDREN}
    named = filmed(held=children, spoken="This is Zenobia Quillfeather.")
    assert found("child-named", replace(named, names=names))
    assert found("child-named", filmed(held=children, spoken="This is Zenobia, aged 9."))
    assert not found("child-named", replace(filmed(held=children), names=names))


def test_a_clip_needs_alt_text_too() -> None:
    assert said("alt-missing", alt="") == ["A clip (640 by 360) has no alt text."]


def test_what_is_said_in_a_clip_is_held_to_the_rules_about_figures_and_about_politics() -> None:
    assert not found("figure-sourced", filmed(spoken="Come and see us on Monday."))
    assert found("figure-sourced", filmed(spoken="Spending rose by 42 per cent."))
    assert found("typed-figure", filmed(spoken="Our children need £3.1 billion more, the gap in funding."))
    assert found("lobbying-marked", filmed(spoken="Write to your MP today."))
