"""A word settles the claims that it was given for, on whichever accounts they are met again; and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bfbot.domain.finding import Finding, Level
from bfbot.rules.settled import claim_id, claims_of, unsettled
from tests.rules.cases import send_case

CLAIM = Finding("figure-sourced", Level.CONFIRM, "“12 per cent” is a figure without a source.", "Say.")
HELD = Finding("hold", Level.HOLD, "Paused.", "Wait.")
GIVEN = send_case().approval
ON = ("mastodon", "x")


def left(
    claim: Finding, settled: tuple[str, ...] | None, accounts: tuple[str, ...] = ON, word: str = "W."
) -> bool:
    assert GIVEN is not None
    return claim in unsettled((claim,), replace(GIVEN, confirmed=word, settled=settled), accounts)


def of(account: str) -> Finding:
    return replace(CLAIM, account=account)


def test_what_it_was_given_for_is_settled_and_a_new_claim_is_not() -> None:
    new = replace(CLAIM, message="“13 per cent” is a figure without a source.")
    assert not left(CLAIM, claims_of([CLAIM]))
    assert left(new, claims_of([CLAIM]))
    assert left(CLAIM, ())
    assert left(HELD, (claim_id(HELD),)), "a word is for claims alone"


def test_without_a_word_nothing_is_settled() -> None:
    assert left(CLAIM, claims_of([CLAIM]), word=" ")
    assert unsettled((CLAIM, HELD), None, ON) == (CLAIM, HELD)


def test_an_approval_from_before_claims_were_kept_settles_them_all() -> None:
    assert not left(CLAIM, None)
    assert left(HELD, None)


@pytest.mark.parametrize(
    ("claim", "settled", "accounts", "open_still"),
    [
        (of("x"), [of("")], ("x",), False),  # told of all alike then, of one now
        (of(""), [of("x")], ("x",), False),  # two texts then, and at send one account
        (of(""), [of("x")], ("mastodon",), True),
        (of(""), [of("x"), of("mastodon")], ON, False),
        (of(""), [of("x")], ON, True),
        (of("x"), [of("mastodon")], ON, True),
    ],
)
def test_it_is_the_same_claim_on_fewer_accounts_and_another_on_more(
    claim: Finding, settled: list[Finding], accounts: tuple[str, ...], open_still: bool
) -> None:
    assert left(claim, claims_of(settled), accounts) is open_still
