"""The page of rules is the rules: made anew, it is what stands in docs/."""

from __future__ import annotations

from bfbot.rules.catalogue import RULES
from bfbot.rules.page import page
from tests.architecture.tree import ROOT


def test_the_page_is_made_from_the_rules():
    assert (ROOT / "docs" / "rules.md").read_text() == page(), "run: make docs"


def test_every_rule_is_there_with_its_source_and_its_mend():
    said = page()
    for rule in RULES:
        assert said.count(f"`{rule.id}`") == 1
        assert rule.source in said
        assert rule.satisfy in said
