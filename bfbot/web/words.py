"""The team's words for what the code calls otherwise, and the tone (good, wait, bad, calm) each is shown in."""

from __future__ import annotations

from bfbot.domain.finding import Level
from bfbot.domain.message import Kind
from bfbot.domain.person import PLANNER
from bfbot.domain.post import Origin
from bfbot.domain.release import ReleaseState
from bfbot.domain.states import DeliveryState, PostState

POST_STATES: dict[PostState, tuple[str, str]] = {
    PostState.DRAFT: ("Draft", ""),
    PostState.IN_REVIEW: ("Waiting for approval", "wait"),
    PostState.APPROVED: ("Approved", "calm"),
    PostState.REJECTED: ("Turned down", "bad"),
    PostState.CLOSED: ("Done", "good"),
    PostState.WITHDRAWN: ("Cancelled", ""),
}
"""Word and tone of a post's state."""

DELIVERY_STATES: dict[DeliveryState, tuple[str, str]] = {
    DeliveryState.PLANNED: ("Planned", "calm"),
    DeliveryState.DUE: ("Due now", "calm"),
    DeliveryState.SENDING: ("Going out", "calm"),
    DeliveryState.PUBLISHED: ("Out", "good"),
    DeliveryState.FAILED: ("Failed", "bad"),
    DeliveryState.UNKNOWN: ("Check: may be live", "bad"),
    DeliveryState.MISSED: ("Not sent: too late", "wait"),
    DeliveryState.WITHDRAWN: ("Cancelled", ""),
    DeliveryState.DELETED: ("Deleted", ""),
}
"""Word and tone of the state of a post on one account."""

GIVEN_UP = ("Given up: may be live", "wait")
"""Word and tone of a post that failed because a person gave up finding out."""

SOUGHT = ("Being looked for", "wait")
"""Word and tone of a planned post of a restored backup, while bfbot finds out whether it went out early."""

PARTS: dict[str, tuple[str, str]] = {
    "live": ("Out", "good"),
    "in doubt": DELIVERY_STATES[DeliveryState.UNKNOWN],
    "not sent": ("Not sent", ""),
}
"""Word and tone of a part of a thread."""

REASONS = {
    "not_approved": "Nobody approved it in time.",
    "too_late": "Its time had passed before it could go out.",
    "paused": "Everything was paused when its time came.",
    "muted": "The account was muted when its time came.",
    "not_live": "A person looked: it is not live.",
    "withdrawn": "It was cancelled.",
}
"""Why a post was missed or failed, where the code keeps a short word for it."""

ORIGINS = {
    Origin.LIBRARY: "Evergreen post",
    Origin.RELEASE: "New release",
    Origin.PERSON: "Written here",
    Origin.IMPORT: "Imported",
    Origin.API: "From another system",
    Origin.CORRECTION: "Correction",
}

RELEASES: dict[ReleaseState, tuple[str, str]] = {
    ReleaseState.SEEN: ("Noted, not posted", ""),
    ReleaseState.NEW: ("New, no post yet", "wait"),
    ReleaseState.DRAFTED: ("Has a post", "calm"),
    ReleaseState.QUEUED: ("Goes out by itself", "calm"),
    ReleaseState.DISMISSED: ("Dismissed", ""),
}
"""Word and tone of a release's state."""

KINDS = {
    Kind.STATISTIC: "Statistic",
    Kind.ASK: "Ask",
    Kind.ACTION: "Call to action",
    Kind.VIDEO: "Video",
    Kind.CASE_STUDY: "Case study",
    Kind.EVENT: "Event",
}

LEVELS = {
    Level.REFUSE: "To mend",
    Level.CONFIRM: "To confirm",
    Level.HOLD: "Held for now",
    Level.WARN: "Worth a look",
}

DONE = {
    "written": "wrote it",
    "rewritten": "changed it",
    "submitted": "sent it for approval",
    "refused": "tried to send it for approval; it was refused",
    "approved": "approved it",
    "rejected": "turned it down",
    "sent back": "sent it back",
    "withdrawn": "cancelled it",
    "retried": "gave it a new time",
    "moved": "gave it a new time within the approved days",
    "settled": "said what became of it",
    "given up": "gave up finding out whether it is live",
    "deleted": "deleted it from its network",
    "planned": "planned it",
    "found": "found the release",
    "paused": "paused",
    "resumed": "resumed",
    "clearance asked": "asked to let it through the pause",
    "cleared": "let it through the pause",
    "signed for another": "signed it off for another organisation",
    "sign-off taken back": "took another organisation’s sign-off back",
    "signed off": "signed it off for the time before an election",
}
"""What the record of decisions calls an action, as the end of a sentence that begins with a name."""


def author(name: str) -> str:
    """Who wrote a post; bfbot's own hands are named for what they do."""
    if name == PLANNER:
        return "bfbot, from the schedule"
    if name.startswith("feed:"):
        return f"bfbot, from the feed {name.removeprefix('feed:')}"
    return name or "bfbot"


def told(text: str) -> str:
    """As a sentence of its own: a capital first, a full stop last."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?", "…")) else whole + "."


def mend(text: str) -> str:
    """A mend for the screen, where nobody types a command, and no field for a time takes an offset."""
    if text.startswith("Add the offset"):
        return "Choose a time before or after that hour."
    return "" if "`bfbot " in text else text
