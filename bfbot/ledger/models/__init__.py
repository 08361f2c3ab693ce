"""The tables, told by family. Names are those of the domain; `objects` is used in bfbot/ledger alone."""

from bfbot.ledger.models.accounts import AccountState, StatisticsReview
from bfbot.ledger.models.decisions import (
    Approval,
    AuditEntry,
    Clearance,
    Hold,
    OwnerSignOff,
    SignOff,
    StandingApproval,
)
from bfbot.ledger.models.library import Blob, Occurrence, Revision
from bfbot.ledger.models.links import LinkCheck
from bfbot.ledger.models.measuring import AccountSnapshot, Report, Snapshot
from bfbot.ledger.models.news import FeedState, Release
from bfbot.ledger.models.people import Membership, User
from bfbot.ledger.models.posts import Attempt, Delivery, Part, Post, Proof
from bfbot.ledger.models.practice import PracticePost
from bfbot.ledger.models.watching import Alert, Probe

__all__ = [
    "AccountSnapshot",
    "AccountState",
    "Alert",
    "Approval",
    "Attempt",
    "AuditEntry",
    "Blob",
    "Clearance",
    "Delivery",
    "FeedState",
    "Hold",
    "LinkCheck",
    "Membership",
    "Occurrence",
    "OwnerSignOff",
    "Part",
    "Post",
    "PracticePost",
    "Probe",
    "Proof",
    "Release",
    "Report",
    "Revision",
    "SignOff",
    "Snapshot",
    "StandingApproval",
    "StatisticsReview",
    "User",
]
