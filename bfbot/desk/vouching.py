"""What the rules about words found at the approval still stands when a post goes out, if nothing has changed."""

from __future__ import annotations

from datetime import datetime

from bfbot.desk.binding import to_go
from bfbot.desk.gathering import gather
from bfbot.desk.judging import case_at_send
from bfbot.desk.rulebook import edition
from bfbot.domain.finding import Moment
from bfbot.ledger import deliveries
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.settled import unsettled
from bfbot.rules.steady import STEADY, stamp, still
from bfbot.rules.verdict import stopping

_ABOUT_WORDS = tuple(one for one in RULES if one.id in STEADY)


def vouch(post_ids: list[int], now: datetime) -> None:
    """Ask the rules about words as they will be asked at send, and keep the stamps of what they let pass.

    Inside the transaction of the approval. What they do not let pass has no stamp, and is asked again at send.
    """
    read = gather(post_ids, now)
    stamps: dict[int, str] = {}
    for post in read.posts.values():
        for delivery in to_go(post):
            case = case_at_send(post, delivery, read, now)
            words = judge(still(case), _ABOUT_WORDS)
            found = stopping(unsettled(words, case.approval, (delivery.account,)), Moment.SEND)
            stamps[delivery.id] = "" if found else stamp(case, edition())
    deliveries.vouch(stamps)
