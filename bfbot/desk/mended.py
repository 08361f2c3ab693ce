"""An approver mended what an author wrote: that edit, and only that, its author may approve.

Two people see every post, in either order. The edit counts as the approver left it: written and sent for approval
by the same hand. Whatever came after it, be it a new text, another time or a second way to an approver, is no
longer what that approver agreed to, and takes an approver again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.ledger import audit, people
from bfbot.ledger.models import AuditEntry
from bfbot.rules.approval import same_person

CHANGES = ("written", "rewritten", "moved", "submitted", "retried", "sent back", "rejected", "approved", "paired")
"""What moves a post or changes it, in the words of the record; the rest of its record does not touch it."""


def mended_for(posts: Iterable[Post], name: str) -> frozenset[int]:
    """Which of these posts carry an approver's edit of this person's own words, and nothing after it."""
    others = {f"post:{one.id}": one for one in posts if name and one.author and not same_person(one.author, name)}
    if not others:
        return frozenset()
    editors = {author: people.find(author) for author in {one.author for one in others.values()}}
    able = {
        subject: one
        for subject, one in others.items()
        if (editor := editors[one.author]) is not None and editor.may(Role.APPROVER, one.campaign)
    }
    records = audit.of_several(able, CHANGES)
    return frozenset(one.id for subject, one in able.items() if is_their_edit(one, name, records.get(subject, ())))


def is_their_edit(post: Post, name: str, record: Sequence[AuditEntry]) -> bool:
    """`record`: the post's changes, newest first. The post's author is the one who edited it last."""
    sent, before = (record[0], record[1:]) if record else (None, ())
    edit = next((one for one in before if one.action != "submitted"), None)
    if sent is None or edit is None or sent.action != "submitted" or edit.action != "rewritten":
        return False
    by_one_hand = same_person(sent.actor, post.author) and same_person(edit.actor, post.author)
    as_sent = bool(post.signature) and sent.detail.get("signature") == post.signature
    return by_one_hand and as_sent and same_person(str(edit.detail.get("written_by", "")), name)
