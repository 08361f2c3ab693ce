"""What was tried to bring a post out, told in words: each request, each look at the network's list. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bfbot.domain.sending import Action, Outcome, Try

WORDS: dict[tuple[Action, Outcome], str] = {
    (Action.PUBLISH, Outcome.OPEN): "sent; no answer yet",
    (Action.PUBLISH, Outcome.NOT_MADE): "not sent after all",
    (Action.PUBLISH, Outcome.PUBLISHED): "sent; the network took it",
    (Action.PUBLISH, Outcome.REJECTED): "sent; the network refused it",
    (Action.PUBLISH, Outcome.DUPLICATE): "sent; the network says that it has these words already",
    (Action.PUBLISH, Outcome.NOT_AUTHORISED): "sent; the network refused the account’s key",
    (Action.PUBLISH, Outcome.OUT_OF_CREDIT): "sent; the account’s credit is used up",
    (Action.PUBLISH, Outcome.RATE_LIMITED): "sent; the network asked to slow down, and did not take it",
    (Action.PUBLISH, Outcome.UNAVAILABLE): "not sent: the network could not be reached",
    (Action.PUBLISH, Outcome.UNKNOWN): "sent; no answer that tells what came of it",
    (Action.PUBLISH, Outcome.INTERRUPTED): "sent, perhaps: bfbot was stopped before it knew",
    (Action.PUBLISH, Outcome.FOUND): "sent without a clear answer; found live later",
    (Action.PUBLISH, Outcome.ABSENT): "sent without a clear answer; it did not arrive",
    (Action.PUBLISH, Outcome.SETTLED): "sent without a clear answer; a person said what came of it",
    (Action.FIND, Outcome.FOUND): "looked: it is in the account’s list",
    (Action.FIND, Outcome.ABSENT): "looked: it is not in the account’s list",
    (Action.FIND, Outcome.UNREADABLE): "looked: the list could not be read",
    (Action.FIND, Outcome.NOT_MADE): "could not look: this network lists nothing",
    (Action.DELETE, Outcome.OPEN): "to be deleted; no answer yet",
    (Action.DELETE, Outcome.DELETED): "deleted",
    (Action.DELETE, Outcome.UNKNOWN): "to be deleted; no answer that tells what came of it",
}


@dataclass(frozen=True)
class Line:
    """One try, or `count` of the same kind on end, from `since` to `until` (aware, UTC). `part` counts from 0.

    `detail` is what the network said, "" where it said nothing.
    """

    part: int
    action: Action
    outcome: Outcome
    words: str
    detail: str
    since: datetime
    until: datetime
    count: int = 1


def told(tries: Iterable[Try]) -> tuple[Line, ...]:
    """Oldest first. Looks that found out the same again and again are one line; requests are one each."""
    lines: list[Line] = []
    for one in tries:
        words = WORDS.get((one.action, one.outcome), f"{one.action}: {one.outcome}")
        line = Line(one.part, one.action, one.outcome, words, one.detail, one.started_at, one.started_at)
        if lines and one.action is Action.FIND and _kind(lines[-1]) == _kind(line):
            lines[-1] = replace(lines[-1], until=line.until, count=lines[-1].count + 1)
        else:
            lines.append(line)
    return tuple(lines)


def _kind(line: Line) -> tuple[int, Action, Outcome, str]:
    return line.part, line.action, line.outcome, line.detail
