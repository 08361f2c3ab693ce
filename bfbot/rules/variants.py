"""One platform, several accounts: near-identical texts on them count as automated spam."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.domain.post import Delivery
from bfbot.domain.states import OPEN_DELIVERY
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT, HASHTAG, LINK, PLACEHOLDER, plain

NEAR: Final = 0.9


def nearly_alike(one: str, other: str) -> bool:
    """Whether two texts differ by less than a tenth, links, hashtags, case and spacing left out."""
    first, second = _bare(one), _bare(other)
    if first == second:
        return True
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def _bare(text: str) -> str:
    for pattern in (LINK, HASHTAG, PLACEHOLDER):
        text = pattern.sub(" ", text)
    return " ".join("".join(one if one.isalnum() else " " for one in plain(text)).split())


def _in_post(case: Case) -> Iterator[Finding]:
    """At send only one delivery is asked about, so its sisters are taken from the post."""
    texts = {one.account: _text(case, one) for one in case.post.deliveries if one.state in OPEN_DELIVERY}
    texts.update({one.account: _text(case, one) for one in case.deliveries})
    platforms = {one.account: one.platform for one in (*case.post.deliveries, *case.deliveries)}
    accounts = list(texts)
    for place, first in enumerate(accounts):
        for second in accounts[place + 1 :]:
            if platforms[first] == platforms[second] and nearly_alike(texts[first], texts[second]):
                yield Finding(
                    APART.id,
                    Level.REFUSE,
                    f"{first} and {second} would carry nearly the same text on {platforms[first]}: "
                    f"“{_start(texts[first])}”.",
                    "Keep one of the two accounts, and write the other a post of its own.",
                    account=second,
                )


def _in_queue(case: Case) -> Iterator[Finding]:
    for delivery in case.deliveries:
        mine = _text(case, delivery)
        for post in case.queued:
            if post.id == case.post.id:
                continue
            for other in post.deliveries:
                same_place = other.account == delivery.account or other.platform != delivery.platform
                if same_place or other.state not in OPEN_DELIVERY:
                    continue
                theirs = other.proof.text if other.proof else post.wording.for_platform(other.platform)
                if nearly_alike(mine, theirs):
                    yield Finding(
                        QUEUE.id,
                        Level.REFUSE,
                        f"Post {post.id} in the queue says nearly the same on {other.account}: "
                        f"“{_start(theirs)}”.",
                        f"Write {delivery.account} a text of its own, or cancel one of the two posts.",
                        account=delivery.account,
                    )


def _text(case: Case, delivery: Delivery) -> str:
    proof = case.proofs.get(delivery.account) or delivery.proof
    return proof.text if proof else case.post.wording.for_platform(delivery.platform)


def _start(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


APART = Rule(
    "variants",
    "Each account of a platform has its own words",
    "X automation rules: no identical content across accounts; other networks treat it as spam likewise",
    "Write different texts for accounts on the same platform.",
    CONTENT,
    _in_post,
)
QUEUE = Rule(
    "variants-queue",
    "No near copy waits on another account",
    "X automation rules: no identical content across accounts; other networks treat it as spam likewise",
    "Write different texts for accounts on the same platform.",
    CONTENT,
    _in_queue,
)
