"""Which claims an approver's word is for: those that stood before them when they gave it, and no other."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace

from bfbot.domain.approval import Approval, StandingApproval
from bfbot.domain.finding import Finding, Level
from bfbot.rules.verdict import confirmations


def claim_id(finding: Finding) -> str:
    """The beginning of a hash (12 hex digits) of what the finding says; the same finding has the same."""
    said = "\n".join((finding.rule, finding.account, finding.about or finding.message))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def named_together(findings: Iterable[Finding]) -> str:
    """12 hex digits that are the same while the same things are found, "" for nothing."""
    ids = sorted({claim_id(one) for one in findings})
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()[:12] if ids else ""


def claims_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """What names the claims among them, for the form or the command that brings back somebody's word."""
    return tuple(dict.fromkeys(claim_id(one) for one in confirmations(findings)))


def unsettled(
    findings: Iterable[Finding], given: Approval | StandingApproval | None, accounts: Collection[str]
) -> tuple[Finding, ...]:
    """The findings without the claims that the word given with an approval is for; all of them without a word.

    `accounts`: those that were judged. An approval from before claims were kept settles every claim, as it did.
    """
    if given is None or not given.confirmed.strip():
        return tuple(findings)
    return tuple(
        one
        for one in findings
        if one.level is not Level.CONFIRM
        or (given.settled is not None and not _is_settled(one, given.settled, accounts))
    )


def _is_settled(claim: Finding, settled: Collection[str], accounts: Collection[str]) -> bool:
    """A claim about all accounts alike is told once; of one account alone, or beside another text, by its name."""
    if claim_id(claim) in settled or claim_id(replace(claim, account="")) in settled:
        return True
    each = [claim_id(replace(claim, account=one)) for one in accounts]
    return not claim.account and bool(each) and all(one in settled for one in each)
