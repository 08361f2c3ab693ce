"""Which of some posts lack another organisation's sign-off. Asked each half minute, so nothing is read twice.

Whom a post names follows from its words and the files: what names nobody is looked at once, and then no more.
"""

from __future__ import annotations

from collections.abc import Mapping

from bfbot.desk.joint import SIGNABLE, Joint, joint_of_post
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.ledger import posts
from bfbot.rules.reading import plain

_alone: dict[str, frozenset[tuple[int, str]]] = {}
"""By the digest of the files: posts that name nobody else, as (id, signature)."""


def unsigned(signatures: Mapping[int, str], revision: Revision) -> list[Joint]:
    """Those that wait for somebody's sign-off, of posts given by id with their signature."""
    if len({plain(one.owner) for one in revision.campaigns.values()}) < 2:
        return []
    known = _alone.get(revision.digest, frozenset())
    asked = frozenset(signatures.items())
    found = posts.several([post_id for post_id, signature in asked - known if signature])
    joints = {one.id: joint_of_post(one, revision) for one in found.values()}
    alone = {_key(found[one]) for one, joint in joints.items() if joint is None and found[one].state in SIGNABLE}
    _alone.clear()  # what is not asked for any more has gone out
    _alone[revision.digest] = (asked & known) | alone
    return [one for one in joints.values() if one is not None and one.waiting]


def _key(post: Post) -> tuple[int, str]:
    return post.id, post.signature
