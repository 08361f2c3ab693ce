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
    """

    rule: str
    level: Level
    message: str
    mend: str
    account: str = ""
    source: str = ""
    about: str = ""

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
