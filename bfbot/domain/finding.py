"""What a rule says about a post, or a check about a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    REFUSE = "refuse"  # cannot be queued, approved or sent until mended
    CONFIRM = "confirm"  # held until an approver confirms it in writing
    HOLD = "hold"  # may be queued and approved, does not go out now
    WARN = "warn"  # shown, stops nothing


class Moment(StrEnum):
    """When rules are asked."""

    SUBMIT = "submit"
    APPROVE = "approve"
    SEND = "send"


@dataclass(frozen=True)
class Finding:
    """`message` names the offending text, `mend` what would satisfy the rule; both for a comms officer.

    `about` tells it from other findings where the message also says something that passes, such as a time.
    `meant`: what stops it is as people want it, or told elsewhere, so nobody has to be told: a pause, a quiet time
    that ends before it is too late, a version in the other language that is on its way.
    """

    rule: str
    level: Level
    message: str
    mend: str
    account: str = ""
    source: str = ""
    about: str = ""
    meant: bool = False

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()


@dataclass(frozen=True)
class Fault:
    """A fault in the team's files: `file` relative to the workspace, `line` from 1. Level error or warning."""

    file: str
    line: int
    level: str
    rule: str
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} {self.mend}".rstrip()
