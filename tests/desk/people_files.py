"""The small workspace with a consent, a picture of children, a case study, and somebody who is quoted."""

from __future__ import annotations

from pathlib import Path

from tests.workspace import change

CANARY = "Zenobia Quillfeather"
CONSENT = "consent-2026-014"
SAID = "We will keep every door open"
QUOTED = f"“{SAID},” said the Chair of the Example Board."


def with_people(home: Path) -> Path:
    """Everything is in order in them."""
    change(
        home,
        "pictures:\n  - {id: park, file: pictures/park.png, people: none,",
        "spokespeople:\n  - {id: chair, role: Chair of the Example Board}\n"
        f"consents:\n  - {{id: {CONSENT}, scope: [story, picture], campaigns: [bright], channels: [rehearsal],\n"
        "     given_by: parent, recorded_on: 2026-11-02, expires: 2027-11-01}\n"
        f"pictures:\n  - {{id: park, file: pictures/park.png, people: children, consent: {CONSENT},",
    )
    change(
        home,
        "  - {id: villages,",
        "  - {id: turned, kind: case-study, campaign: bright, pillar: outcomes, people: adults,\n"
        f'     consent: {CONSENT}, text: "A carer tells how one call changed a winter."}}\n'
        "  - {id: doors-said, kind: action, campaign: bright, pillar: outcomes,\n"
        f"     text: '{QUOTED}', quote: {{by: chair, words: '{SAID}'}}}}\n"
        "  - {id: villages,",
    )
    return home


def withdrawn(home: Path) -> None:
    change(home, "expires: 2027-11-01}", "expires: 2027-11-01, withdrawn: 2026-11-23}")
