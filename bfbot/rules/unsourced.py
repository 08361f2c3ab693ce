"""A statistic typed by hand: offered as a citation where the library has it, else held for its source.

Numbers of every day are left in peace; which are which is told in `statistic_or_not`.
"""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.figures import figure_text
from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.facts import OSR, refused
from bfbot.rules.matching import printed
from bfbot.rules.reading import CONTENT, cited_facts, last_day_out, plain
from bfbot.rules.statistic_or_not import is_statistic
from bfbot.rules.typed_figures import figures_shown, same_statistics


def _bare(case: Case) -> Iterator[Finding]:
    """What is refused as a retired figure is not held as well."""
    if not figures_shown(case):
        return
    day = last_day_out(case)
    by_id = {key for fact in cited_facts(case) for key in printed(fact)}
    for account, text, typed in figures_shown(case):
        if (typed.value, typed.unit, typed.out_of) in by_id or not is_statistic(typed):
            continue
        same = same_statistics(typed, text, case.revision)
        usable = sorted(
            (one for one in same if not refused(one, day)),
            key=lambda one: plain(one.owner) != plain(case.campaign.owner),
        )
        if same and not usable:
            continue
        if usable and plain(usable[0].owner) != plain(case.campaign.owner):
            message = f"“{typed.text}” looks like a statistic of {usable[0].owner}, {usable[0].measure}."
            mend = (
                f"This post speaks for {case.campaign.owner}: leave the figure out; or an approver says in "
                "writing that it is another one, and where it is from."
            )
        elif usable:
            message = f"“{typed.text}” is typed by hand, without its source."
            mend = (
                f"It looks like a statistic of yours: write {{fact:{usable[0].id}}} instead "
                f"({figure_text(usable[0])}, {usable[0].measure})."
            )
        else:
            message = f"“{typed.text}” is a figure without a source."
            mend = (
                "An approver says in writing where it is from, or it becomes a statistic of messages/facts.yaml."
            )
        # whose figure it looks like is another claim; that the library has it by now is the same one
        about = "" if usable and plain(usable[0].owner) != plain(case.campaign.owner) else typed.text
        yield Finding(BARE.id, Level.CONFIRM, message, mend, account=account, about=about)


BARE = Rule(
    "figure-sourced",
    "Every figure has a source",
    OSR,
    "Name a statistic by its id, or let an approver write down the figure's source.",
    CONTENT,
    _bare,
)
