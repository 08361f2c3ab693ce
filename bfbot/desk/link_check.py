"""Looking behind the links of posts before they go out; outside of every transaction, one page at a time.

What was seen is kept with its time and told by the rules (rules/live_links.py). A page that gives no answer is
"not checked", never a reason to refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import monotonic

from bfbot.config import config
from bfbot.domain.link import LinkSeen, LinkState, state_of
from bfbot.domain.post import Post
from bfbot.domain.tracking import links_in, untagged
from bfbot.http import Fetched, FetchFailed, look
from bfbot.ledger import links, posts

Look = Callable[[str], Fetched]

SECONDS = 4.0
"""For one page."""
GOOD_FOR = timedelta(hours=24)
"""So long a page that was there is taken to be there."""
AGAIN = timedelta(minutes=30)
"""So soon one that was not is looked at once more."""
AHEAD = timedelta(days=8)
"""Posts that go out later have time."""
FORGOTTEN = timedelta(days=60)


def check_due(now: datetime, *, most: int = 10, patience: float = 20.0, get: Look | None = None) -> int:
    """Look at the pages of open posts that were not looked at lately; returns at how many.

    `patience` (seconds) ends the round: the next one goes on. The sample workspace reaches nobody.
    """
    if config().sample:
        return 0
    written = links.written(now - AHEAD, now + AHEAD)
    wanted = dict.fromkeys(page for link, texts in written for page in _pages(link, texts))
    links.forget(now - FORGOTTEN)
    return _look_at(wanted, now, most, patience, get)


def check_post(post_id: int, now: datetime, *, patience: float = 8.0, get: Look | None = None) -> int:
    """The same for one post, at once and whatever was seen before."""
    if config().sample:
        return 0
    return _look_at(pages_of(posts.get(post_id)), now, 10, patience, get, anyway=True)


def pages_of(post: Post) -> tuple[str, ...]:
    """The pages that a post links to, as written or as it will go out; without tracking."""
    proofs = [one.proof for one in post.deliveries if one.proof]
    texts = [post.wording.text, *post.wording.variants.values(), *(one.text for one in proofs)]
    return _pages(post.wording.link, texts)


def _pages(link: str, texts: Iterable[str]) -> tuple[str, ...]:
    named = [link, *(found for text in texts for found in links_in(text))]
    return tuple(dict.fromkeys(untagged(one) for one in named if one.lower().startswith(("http://", "https://"))))


def seen_of(post: Post) -> list[LinkSeen | str]:
    """For the post's page: what was seen behind each link, or its address where nothing was yet."""
    pages = pages_of(post)
    known = links.seen(pages)
    return [known.get(one, one) for one in pages]


def _look_at(
    pages: Iterable[str], now: datetime, most: int, patience: float, get: Look | None, *, anyway: bool = False
) -> int:
    pages = list(pages)
    known = links.seen(pages)
    due = [one for one in pages if anyway or _is_due(known.get(one), now)]
    ends = monotonic() + patience
    done = 0
    for one in due[:most]:
        if monotonic() > ends:
            break
        links.keep(_look(one, now, get or _fetch))
        done += 1
    return done


def _is_due(seen: LinkSeen | None, now: datetime) -> bool:
    if seen is None:
        return True
    rest = GOOD_FOR if seen.state in {LinkState.THERE, LinkState.MOVED} else AGAIN
    return not timedelta() <= now - seen.checked_at < rest


def _look(address: str, now: datetime, get: Look) -> LinkSeen:
    try:
        answer = get(address)
    except FetchFailed as error:
        return LinkSeen(address, LinkState.UNREACHED, now, why=error.message)
    state = state_of(address, answer.status, answer.final_url)
    return LinkSeen(address, state, now, answer.status, untagged(answer.final_url))


def _fetch(address: str) -> Fetched:
    return look(address, seconds=SECONDS)
