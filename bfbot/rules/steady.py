"""Rules about words: what they say changes only with the words, the library and the day.

So they need not be asked again right before a post goes out, where all that they may know is still as it was when
the post was approved. That is not left to trust: they are only ever given a case from which everything else has
been taken, and the stamp is made of all that is left in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, time

from bfbot.domain.localtime import local, wall_to_utc
from bfbot.domain.names import NO_NAMES
from bfbot.domain.states import DeliveryState, PostState
from bfbot.rules.base import Case
from bfbot.rules.catalogue import RULES
from bfbot.rules.reading import day_out

_ABOUT_WORDS = frozenset(
    {
        "alt_quality",
        "alt_text",
        "asks",
        "captions",
        "consents",
        "emoji",
        "facts",
        "fold_and_share",
        "fresh_figures",
        "hashtags",
        "length",
        "lettering",
        "links",
        "media",
        "owners",
        "picture_rights",
        "plain_english",
        "sums",
        "typed_figures",
        "unsourced",
        "wholeness",
    }
)
"""Files whose rules are all about words."""

_ALSO = frozenset({"one-figure", "part-and-whole", "one-figure-queue", "variants-queue", "people-shown"})
"""Rules about words in files that hold others."""

STEADY: frozenset[str] = frozenset(
    one.id for one in RULES if one.id in _ALSO or one.judge.__module__.rpartition(".")[2] in _ABOUT_WORDS
)
"""Some of them compare a post with the queue as well, but not at send, the only moment that a stamp is for."""


def still(case: Case) -> Case:
    """The case as a rule about words may know it: without what moves between an approval and its post.

    Of the moment the local day is left, of deliveries and posts what was written and where it goes.
    """
    return replace(
        case,
        now=_noon_of_the_day_out(case),
        post=replace(case.post, state=PostState.APPROVED, deliveries=(), signature="", note=""),
        deliveries=tuple(
            replace(
                one,
                id=0,
                post_id=0,
                key="",
                state=DeliveryState.DUE,
                not_before=one.due_at,
                attempts=0,
                error="",
                reason="",
                parts=(),
                vouched="",
            )
            for one in case.deliveries
        ),
        holds=(),
        approval=None,
        actor="",
        queued=(),
        links_seen={},
        partner=None,
        partner_stops=(),
        signed_off=frozenset(),
        others_near=(),
        names=NO_NAMES,
        quotes_signed=frozenset(),
        owner_sign_offs=(),
        muted=frozenset(),
    )


def stamp(case: Case, code: str) -> str:
    """sha256 (hex) of everything that `still(case)` holds. `code` stands for the rules themselves.

    The library is in it by the digest of its files; campaign, message and statistics are what those say.
    """
    post = case.post
    written = (
        post.id,
        post.revision,
        post.occurrence,
        post.created_at,
        post.campaign,
        post.origin,
        post.wording,
        post.author,
        post.message,
        post.pillar,
        post.kind,
        post.release,
        post.pair,
        post.first_planned_at,
        post.scheduled_for,
        post.window,
    )
    where = [(one.account, one.platform, one.due_at, one.closes_at, day_out(case, one)) for one in case.deliveries]
    proofs = [(account, proof.digest) for account, proof in sorted(case.proofs.items())]
    known = (code, case.moment, case.revision.digest, written, where, proofs, _word(case))
    return hashlib.sha256(repr(known).encode()).hexdigest()


def _word(case: Case) -> tuple[str, ...] | str:
    """The claims that the approver's word is for: with another word, other claims stop the post."""
    given = case.approval
    if given is None or not given.confirmed.strip():
        return ""
    return "every claim" if given.settled is None else given.settled


def _noon_of_the_day_out(case: Case) -> datetime:
    """A moment of the first local day on which some of it goes out: which one, no rule about words can tell."""
    today = local(case.now, case.campaign.zone).date()
    day = min((day_out(case, one) for one in case.deliveries), default=today)
    return wall_to_utc(day, time(12), case.campaign.zone)
