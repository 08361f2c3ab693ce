"""Every rule speaks and is silent when it should; a rule without examples fails here."""

from __future__ import annotations

import pytest

from bfbot.domain.finding import Moment
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES, by_id
from bfbot.rules.verdict import stopping
from tests.rules.cases import case, found, send_case
from tests.rules.examples import EXAMPLES


def test_every_rule_has_its_examples() -> None:
    assert set(EXAMPLES) == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule_id", EXAMPLES)
def test_the_rule_speaks(rule_id: str) -> None:
    level, wrong, _ = EXAMPLES[rule_id]
    findings = found(rule_id, wrong)
    assert findings
    for one in findings:
        assert one.rule == rule_id
        assert one.level is level
        assert one.message.endswith((".", ".”"))
        assert one.mend.endswith((".", "?"))


@pytest.mark.parametrize("rule_id", EXAMPLES)
def test_the_rule_is_silent(rule_id: str) -> None:
    assert found(rule_id, EXAMPLES[rule_id][2]) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_explains_itself(rule: object) -> None:
    asked = by_id(rule.id)  # type: ignore[attr-defined]  # pytest's ids callable widens the type
    assert asked.moments
    assert all((asked.title, asked.source, asked.satisfy.endswith(".")))
    assert "delivery" not in asked.satisfy
    assert "fact" not in asked.title


def test_no_message_uses_the_words_of_the_code() -> None:
    for level_case in EXAMPLES.values():
        for one in judge(level_case[1], RULES):
            words = str(one).lower()
            for house_word in ("delivery", "ledger", "proof", "pillar", "rehearsal"):
                assert house_word not in words, one


def test_an_ordinary_post_passes_at_every_moment() -> None:
    for asked in (case(), case(moment=Moment.APPROVE), send_case()):
        assert judge(asked, RULES) == ()


def test_two_accounts_with_the_same_text_are_told_once() -> None:
    asked = case("The gap is £3.1bn.", accounts=("lga-mastodon", "lga-x"))
    assert [one.account for one in found("typed-figure", asked)] == [""]


def test_only_the_account_that_is_wrong_is_named() -> None:
    asked = case(accounts=("lga-mastodon", "lga-x"), variants={"x": "The gap is £3.1bn."})
    assert [one.account for one in found("typed-figure", asked)] == ["lga-x"]


def test_content_is_asked_again_at_send() -> None:
    """A statistic that expired since the approval stops the post."""
    asked = send_case("The grant is {fact:gap-2025b}.")
    assert "fact-usable" in {one.rule for one in stopping(judge(asked, RULES), Moment.SEND)}
