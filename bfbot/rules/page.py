"""docs/rules.md: every rule, where it comes from, and how to satisfy it. Made from the rules themselves.

python -m bfbot.rules.page > docs/rules.md      (`make docs` does)
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from bfbot.domain.finding import Moment
from bfbot.rules.base import Rule
from bfbot.rules.catalogue import RULES

HEAD = """\
# The rules

What bfbot asks of every post, in the order in which it shows what it found. This page is made from the code by
`make docs`. Each rule is asked when a post is sent for approval, when it is approved and again right before it
goes out, where nothing else is said.

"""

_WHEN = {
    Moment.SUBMIT: "when it is sent for approval",
    Moment.APPROVE: "when it is approved",
    Moment.SEND: "at its time",
}


def page(rules: Iterable[Rule] = RULES) -> str:
    """The page, as Markdown."""
    return HEAD + "\n".join(_entry(one) for one in rules)


def _entry(rule: Rule) -> str:
    asked = "" if rule.moments == frozenset(Moment) else f" Asked only {_moments(rule)}."
    source = f"*Where it comes from: {rule.source}. Its id: `{rule.id}`.*"
    return f"## {rule.title}\n\n{rule.satisfy}{asked}\n\n{source}\n"


def _moments(rule: Rule) -> str:
    return " and ".join(said for moment, said in _WHEN.items() if moment in rule.moments)


if __name__ == "__main__":
    sys.stdout.write(page())
