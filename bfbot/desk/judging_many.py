"""What the rules say of many waiting posts at once: read in a handful of queries, however many they are.

Each is judged as `judging.findings` would judge it for an approver; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bfbot.desk.about_people import with_people_many
from bfbot.desk.binding import is_whole, to_go
from bfbot.desk.laid_out import laid_out
from bfbot.desk.muted import muted_among
from bfbot.desk.owners_agreed import with_owners_many
from bfbot.desk.signing_off import covering, periods_near
from bfbot.domain.finding import Finding, Level
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_DELIVERY
from bfbot.errors import ConfigurationError, UsageError
from bfbot.ledger import account_states, holds, links, posts, sign_offs
from bfbot.platforms.registry import limits_of
from bfbot.rules.approval import APPROVED, TWO
from bfbot.rules.base import Case, judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.clashes import NEAR
from bfbot.rules.live_links import addresses

_ASKED = tuple(one for one in RULES if one is not TWO)  # who looks is not yet who approves


def findings_of_many(
    asked: Sequence[Post], queue: Sequence[Post], *, revision: Revision, now: datetime, actor: str = ""
) -> dict[int, tuple[Finding, ...]]:
    """By number. `queue`: every post that is in review or approved and may still go out, these among them.

    `actor`: who would approve them, where that is known.
    """
    known = {one.id: one for one in (*queue, *asked)}
    known |= posts.several({one.pair for one in asked if one.pair is not None} - set(known))
    stops, signed = tuple(holds.standing(now)), _signed_off(asked, revision, now)
    standing = account_states.standing_of({account for one in asked for account in one.accounts})
    cases: dict[int, Case] = {}
    found: dict[int, tuple[Finding, ...]] = {}
    for post in asked:
        try:
            case = _case(post, revision, now)
        except (UsageError, ConfigurationError) as error:  # its campaign or network has left the files
            found[post.id] = (Finding("made", Level.REFUSE, error.message, error.mend),)
            continue
        cases[post.id] = replace(
            case,
            holds=stops,
            queued=tuple(one for one in queue if one.campaign == post.campaign and one.id != post.id),
            partner=known.get(post.pair) if post.pair is not None else None,
            others_near=_near(post, queue, revision),
            signed_off=signed(post),
            actor=actor,
            muted=muted_among(case.deliveries, standing, revision) if post.by_itself else frozenset(),
        )
    seen = links.seen({page for case in cases.values() for page in addresses(case)})
    whole = [
        replace(case, links_seen={one: seen[one] for one in addresses(case) if one in seen})
        for case in cases.values()
    ]
    for case in with_owners_many(with_people_many(whole)):
        found[case.post.id] = (*_unlike_what_was_sent(case.post), *judge(case, _ASKED))
    return found


def _case(post: Post, revision: Revision, now: datetime) -> Case:
    case = laid_out(post, revision, now)
    return replace(case, limits={one.account: limits_of(one.platform) for one in case.deliveries})


def _unlike_what_was_sent(post: Post) -> tuple[Finding, ...]:
    if is_whole(post):
        return ()
    why = "What is stored to go out is not what was sent for approval."
    return (Finding(APPROVED.id, Level.REFUSE, why, "Send the post for approval again."),)


def _near(post: Post, queue: Iterable[Post], revision: Revision) -> tuple[Post, ...]:
    """Other campaigns' posts at about its time on the accounts that it shares with them, as neighbours.py."""
    shared = [
        one
        for one in to_go(post)
        if one.account in revision.accounts and len(set(revision.accounts[one.account].campaigns)) > 1
    ]
    if not shared:
        return ()
    accounts, times = {one.account for one in shared}, [one.due_at for one in shared]
    opens, closes = min(times) - NEAR, max(times) + NEAR
    return tuple(
        one
        for one in sorted(queue, key=lambda each: each.id)
        if one.campaign != post.campaign
        and any(
            d.account in accounts and d.state in OPEN_DELIVERY and opens <= d.due_at < closes
            for d in one.deliveries
        )
    )


def _signed_off(asked: Iterable[Post], revision: Revision, now: datetime) -> Callable[[Post], frozenset[str]]:
    """Tells for a post the pre-election periods for which an approver answers for it, as signing_off.py."""
    near: Mapping[int, list[str]] = {
        one.id: [each.id for each in periods_near(one, revision, now)] for one in asked
    }
    wanted = {one for each in near.values() for one in each}
    given = sign_offs.given(wanted) if wanted else []

    def signed(post: Post) -> frozenset[str]:
        return frozenset(
            one
            for one in near[post.id]
            if given and covering(post, revision.periods[one], given, revision) is not None
        )

    return signed
