"""What findings mean for the step that was asked for.

A refusal met at send stops the delivery as a hold does: nothing goes out, a person is asked, and the next
look at it may pass, when the figure has been replaced or the text has been edited and approved again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bfbot.domain.finding import Finding, Level, Moment

STOPPING: Mapping[Moment, frozenset[Level]] = {
    Moment.SUBMIT: frozenset({Level.REFUSE}),
    Moment.APPROVE: frozenset({Level.REFUSE, Level.CONFIRM}),
    Moment.SEND: frozenset({Level.REFUSE, Level.CONFIRM, Level.HOLD}),
}
"""Submitting asks for confirmation, approving gives it; a hold stops the sending alone."""


def refusals(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.level is Level.REFUSE)


def confirmations(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What an approver has to confirm in writing."""
    return tuple(one for one in findings if one.level is Level.CONFIRM)


def holds(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.level is Level.HOLD)


def warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.level is Level.WARN)


def open_findings(findings: Iterable[Finding], confirmed: str = "") -> tuple[Finding, ...]:
    """Without warnings, and without the claims that `confirmed` (an approver's words) settles."""
    settled = {Level.WARN, Level.CONFIRM} if confirmed.strip() else {Level.WARN}
    return tuple(one for one in findings if one.level not in settled)


def stopping(findings: Iterable[Finding], moment: Moment, confirmed: str = "") -> tuple[Finding, ...]:
    """The findings that stop this step; empty means go on."""
    return tuple(one for one in open_findings(findings, confirmed) if one.level in STOPPING[moment])
