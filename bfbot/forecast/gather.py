"""Read once, in bulk, all that a look ahead rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bfbot.config import config
from bfbot.desk.about_people import with_people
from bfbot.desk.muted import muted_accounts
from bfbot.desk.owners_agreed import with_owners
from bfbot.desk.proofing import campaign_of, proofs
from bfbot.desk.signed import lapse_reason, wording_of
from bfbot.domain.link import LinkSeen
from bfbot.domain.message import Message
from bfbot.domain.names import ListedNames
from bfbot.domain.owner_sign_off import OwnerSignOff
from bfbot.domain.post import Post
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision
from bfbot.domain.tracking import links_in, untagged
from bfbot.errors import BfbotError
from bfbot.forecast.pictures import looked_at
from bfbot.forecast.situation import Completed, Situation, Written
from bfbot.ledger import account_states, approvals, holds, links, sign_offs
from bfbot.ledger import occurrences as ledger
from bfbot.ledger.waiting_posts import approvals_in_force, waiting_posts
from bfbot.library import current_revision
from bfbot.planning.occurrences import occurrences
from bfbot.planning.plan import AHEAD
from bfbot.planning.rotation import SPREAD, Use
from bfbot.rules.base import Case

_HOLDS = 1000
"""So many of the newest pauses are looked through for those that are not over."""


def situation(now: datetime, until: datetime) -> Situation:
    """As it is now; `until` is how far it will be played (both aware, UTC)."""
    revision = current_revision(now)
    waiting = tuple(one for one in waiting_posts(now) if one.campaign in revision.campaigns)
    given = approvals_in_force()
    longest = max((one.rest_days for one in revision.messages.values()), default=0)
    since = now - max(timedelta(days=longest), SPREAD)
    rows = ledger.uses(since)
    return Situation(
        now=now,
        revision=revision,
        ahead=AHEAD,
        written=writer(revision),
        uses=tuple(Use(one.message, one.pillar, one.text, one.accounts, one.at) for one in rows),
        waiting=waiting,
        approvals=given,
        rests_on=approvals.standing_of(one.standing for one in given.values() if one.standing is not None),
        signed=tuple(one for one in approvals.standing() if lapse_reason(one, revision, now) is None),
        holds=tuple(one for one in holds.everything(_HOLDS) if one.lifted_at is None),
        taken=_taken(revision, now, until),
        sign_offs=tuple(sign_offs.given(list(revision.periods))) if revision.periods else (),
        links_seen=_links_seen(revision, waiting),
        stopped={one.account: one.stopped_reason for one in account_states.stopped()},
        muted=muted_accounts(revision),
        newest=(newest := ledger.newest_post()),
        completed=completer(newest),
    )


def completer(newest: int) -> Completed:
    """Adds what the desk knows of people, quotes and other organisations; looked up once for each text, as it is
    the same every day."""
    known: dict[object, tuple[ListedNames, frozenset[tuple[str, str]], tuple[OwnerSignOff, ...]]] = {}

    def completed(case: Case) -> Case:
        text = (case.post.id if case.post.id <= newest else case.post.message, *case.proofs)
        if text not in known:
            full = with_owners(with_people(case))
            known[text] = full.names, full.quotes_signed, full.owner_sign_offs
        names, signed, agreed = known[text]
        return replace(case, names=names, quotes_signed=signed, owner_sign_offs=agreed)

    return completed


def writer(revision: Revision) -> Written:
    """Writes messages out as the desk would, each once for the same accounts; refuses anew what was refused."""
    known: dict[tuple[str, tuple[str, ...]], Mapping[str, Proof] | BfbotError] = {}

    def written(message: Message, accounts: tuple[str, ...]) -> Mapping[str, Proof]:
        found = known.get((message.id, accounts))
        if found is None:
            found = known[message.id, accounts] = _try(message, accounts, revision)
        if isinstance(found, BfbotError):
            raise found
        return found

    return written


def _try(message: Message, accounts: tuple[str, ...], revision: Revision) -> Mapping[str, Proof] | BfbotError:
    try:
        return proofs(
            wording_of(message),
            campaign=campaign_of(message.campaign, revision),
            accounts=accounts,
            revision=revision,
            own_words=False,
            theme=message.pillar,
            pictures=[looked_at(one, revision, config().home) for one in message.media],
        )
    except BfbotError as error:
        return error


def _taken(revision: Revision, now: datetime, until: datetime) -> frozenset[str]:
    keys = [
        one.key
        for slot in revision.slots.values()
        for one in occurrences(slot, revision.campaigns[slot.campaign].zone, now, until)
    ]
    return frozenset(ledger.used_keys(keys))


def _links_seen(revision: Revision, waiting: tuple[Post, ...]) -> Mapping[str, LinkSeen]:
    texts = [one.link for one in revision.messages.values()]
    texts += [one.link for one in revision.campaigns.values()]
    texts += [text for one in revision.messages.values() for text in (one.text, *one.variants.values())]
    texts += [each.proof.text for one in waiting for each in one.deliveries if each.proof]
    return links.seen({untagged(one) for text in texts for one in links_in(text)})
