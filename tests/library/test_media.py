"""Pictures with their rights, consents without names, and quotes in the team's files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bfbot.domain.message import MediaUse
from bfbot.domain.picture import NEVER, Consent, People, Quote, Use
from bfbot.domain.revision import Revision
from bfbot.library import check, loading
from bfbot.library.loading import read_library
from tests.library.forms import MESSAGES, PLATFORMS, make
from tests.workspace import NOW

CONSENT = """\
consents:
  - {id: consent-2026-014, scope: [story, picture], campaigns: [bright], channels: [mastodon, practice],
     given_by: parent, recorded_on: 2026-11-02, expires: 2027-11-01}
"""
PICTURE = "  - {id: park, file: pictures/one.png, people: none, credit: C, licence: L, owner: O, expires: never}\n"
RICH = """\
  - {id: park, file: pictures/one.png, people: children, credit: C, licence: L, owner: O, expires: 2027-01-31,
     consent: consent-2026-014, alt: A park with a swing, focal: [0.25, 0.75]}
"""


def read(home: Path, messages: str) -> Revision:
    revision, faults = read_library(make(home, messages=messages), now=NOW, platforms=PLATFORMS)
    assert revision is not None, faults
    return revision


def told(home: Path, messages: str, level: str = "error") -> list[str]:
    return [str(one) for one in check(make(home, messages=messages), NOW, PLATFORMS) if one.level == level]


def test_a_picture_has_its_rights_and_lends_its_words(tmp_path: Path) -> None:
    used = MESSAGES.replace(PICTURE, RICH).replace('{file: pictures/one.png, alt: "A park"}', "{picture: park}")
    found = read(tmp_path, CONSENT + used)
    one = found.pictures["park"]
    assert (one.people, one.consent, one.focal) == (People.CHILDREN, "consent-2026-014", (0.25, 0.75))
    assert (one.expires, one.missing) == (date(2027, 1, 31), ())
    assert found.messages["ten-years"].media[1] == MediaUse("A park with a swing", file="pictures/one.png")
    assert read(tmp_path, MESSAGES).pictures["park"].expires == NEVER


def test_a_consent_is_a_number_with_its_bounds(tmp_path: Path) -> None:
    assert read(tmp_path, CONSENT + MESSAGES).consents["consent-2026-014"] == Consent(
        "consent-2026-014",
        frozenset({Use.STORY, Use.PICTURE}),
        ("bright",),
        ("mastodon", "practice"),
        "parent",
        date(2026, 11, 2),
        date(2027, 11, 1),
    )


def test_a_quote_is_somebody_s_of_the_register(tmp_path: Path) -> None:
    people = "spokespeople:\n  - {id: chair, role: Chair of the board}\n"
    quote = 'quote: {by: chair, words: "in ten years"}\n    valid: {'
    found = read(tmp_path, people + MESSAGES.replace("valid: {", quote))
    assert found.messages["ten-years"].quote == Quote("chair", "in ten years")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("people: none", "people: some", "Write one of 'none', 'adults' or 'children'."),
        ("people: none, ", "", "“people” is missing."),
        (
            "pictures/one.png, people",
            "pictures/two.png, people",
            "There is no file “pictures/two.png” in messages/",
        ),
        ("expires: never}", "expires: always}", "“always” is no date."),
        ("expires: never}", "expires: never, focal: [0.5]}", "“focal” is empty."),
        (
            "expires: never}",
            "expires: never, focal: [0.5, 1.5]}",
            "focal: Input should be less than or equal to 1",
        ),
        (
            "expires: never}",
            "expires: never, consent: consent-2026-999}",
            "There is no consent “consent-2026-999”.",
        ),
        ("expires: never}", "expires: never, captions: a.vtt}", "Captions stand beside a picture."),
        (PICTURE, PICTURE + PICTURE.replace("id: park", "id: again"), "stands in the library as “park” already."),
        ("consent-2026-014,", "ada-lovelace,", "This is no number of a consent."),
        ("given_by: parent", "given_by: Ada Lovelace", "has a value that is not known."),
        ("given_by: parent", "given_by: parent, name: Ada Lovelace", "is not a key of this consent."),
        (
            "[mastodon, practice]",
            "[mastodan]",
            "There is no channel “mastodan”. Did you mean “mastodon” or “masto”?",
        ),
        ("campaigns: [bright], channels", "campaigns: [dim], channels", "There is no campaign “dim”."),
        ("expires: 2027-11-01", "expires: 2025-11-01", "ends on 2025-11-01 before it begins on 2026-11-02."),
        (
            "{file: pictures/one.png, alt",
            "{picture: parc, alt",
            "There is no picture “parc”. Did you mean “park”?",
        ),
        ("valid: {", 'quote: {by: chair, words: "x"}\n    valid: {', "There is no spokesperson “chair”."),
        ("valid: {", 'quote: {by: chair, words: "x"}\n    valid: {', "The quoted words do not stand in the text."),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    files = CONSENT + MESSAGES
    assert files.count(old) >= 1
    faults = told(tmp_path, files.replace(old, new, 1))
    assert any(words in one for one in faults), faults
    assert all(one.startswith("messages/all.yaml:") for one in faults)
    assert not any("Lovelace" in one for one in faults)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("licence: L, ", "", "The picture “park” has no licence: posts that use it are refused."),
        (", expires: never", "", "The picture “park” has no expires: posts that use it are refused."),
        ("expires: never", "expires: 2026-12-23", "The rights in the picture “park” end on 23 December 2026."),
        ("expires: never", "expires: 2026-11-22", "The rights in the picture “park” ended on 22 November 2026."),
        ("expires: never", "expires: 2026-12-24", ""),
        ("people: none", "people: adults", "shows people and names no consent"),
        ("pictures:\n" + PICTURE, "", "nobody wrote down whose picture “pictures/one.png” is."),
        ("expires: 2027-11-01", "expires: 2026-12-01", "The consent “consent-2026-014” ends on 1 December 2026."),
        (
            "2027-11-01}",
            "2027-11-01, withdrawn: 2026-11-20}",
            "is withdrawn: what is live with it has to be deleted.",
        ),
        ("kind: statistic", "kind: case-study", "“ten-years” is refused: a case study without a consent."),
        ("kind: statistic", "kind: case-study\n    people: none", ""),
        ("kind: statistic", "kind: case-study\n    consent: consent-2026-014", ""),
    ],
)
def test_what_is_missing_or_over_soon_is_told_ahead(tmp_path: Path, old: str, new: str, words: str) -> None:
    files = CONSENT + MESSAGES
    assert old in files
    warned = told(tmp_path, files.replace(old, new, 1), "warning")
    assert [one for one in warned if words and words in one] or warned == []
    assert bool(warned) == bool(words)


FILM = """\
pictures:
  - {id: talk, file: clips/talk.mp4, captions: clips/talk.vtt, people: none, credit: C, licence: L, owner: O,
     expires: never}
"""
SAID = "WEBVTT\n\n00:01.000 --> 00:02.000\nGood morning.\n"


@pytest.mark.parametrize(
    ("old", "new", "captions", "words"),
    [
        ("", "", SAID, ""),
        ("licence: L, ", "", SAID, "The clip “talk” has no licence: posts that use it are refused."),
        ("expires: never", "expires: 2026-12-01", SAID, "The rights in the clip “talk” end on 1 December 2026."),
        ("people: none", "people: adults", SAID, "The clip “talk” shows people and names no consent"),
        (
            "",
            "",
            SAID.replace("02.000", "01.000"),
            "The captions of “talk” cannot be used: posts with it are refused.",
        ),
        ("", "", "", "No caption stands in the file."),
    ],
)
def test_a_clip_is_warned_of_as_a_picture_is(
    tmp_path: Path, old: str, new: str, captions: str, words: str
) -> None:
    (tmp_path / "messages" / "clips").mkdir(parents=True)
    (tmp_path / "messages" / "clips" / "talk.mp4").write_bytes(b"a film")
    (tmp_path / "messages" / "clips" / "talk.vtt").write_text(captions, encoding="utf-8")
    warned = told(tmp_path, FILM.replace(old, new, 1), "warning")
    assert len(warned) == bool(words), warned
    assert words in "".join(warned)


def test_captions_in_the_picture_are_said_of_clips_alone(tmp_path: Path) -> None:
    faults = told(
        tmp_path, "pictures:\n" + PICTURE.replace("expires: never", "expires: never, captions_in_picture: true")
    )
    assert any("captions_in_picture stands beside a picture" in one for one in faults)


def test_where_clips_cannot_be_read_the_check_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "find_spec", lambda name: None)
    (tmp_path / "messages" / "clips").mkdir(parents=True)
    (tmp_path / "messages" / "clips" / "talk.mp4").write_bytes(b"a film")
    (tmp_path / "messages" / "clips" / "talk.vtt").write_text(SAID, encoding="utf-8")
    [warned] = told(tmp_path, FILM, "warning")
    assert "The clip “talk” cannot be read on this machine" in warned
    assert "make clips" in warned
    assert told(tmp_path, MESSAGES, "warning") == []
