"""A post's version in the other language, and what was found behind its links, made ready for the page."""

from __future__ import annotations

from dataclasses import dataclass

from bfbot.desk import link_check, pairs
from bfbot.desk.binding import gone_out
from bfbot.domain.link import LinkSeen, LinkState
from bfbot.domain.person import Person, Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_POST, PostState
from bfbot.errors import BfbotError
from bfbot.rules.pairs import NAMES
from bfbot.web.shown import ShownPost, shown


@dataclass(frozen=True)
class OtherHalf:
    """`mine` and `theirs` are the languages' names; `post` None: there is no other half.

    `write`: this person may write it now. `together`: an approval now is for both.
    """

    mine: str
    theirs: str
    post: ShownPost | None
    write: bool
    together: bool


@dataclass(frozen=True)
class ShownLink:
    """`seen` None: not looked at yet. `said` in a few words."""

    address: str
    said: str
    seen: LinkSeen | None


_SAID = {
    LinkState.THERE: "It is there.",
    LinkState.MOVED: "It leads on to",
    LinkState.GONE: "There is no such page, or not yet.",
    LinkState.CLOSED: "It wants a sign-in.",
    LinkState.FAULTY: "It answers with a fault or a refusal.",
    LinkState.UNREACHED: "Not checked: there was no answer.",
}


def other_half(post: Post, person: Person, revision: Revision) -> OtherHalf:
    try:
        mine = pairs.language_of(post, revision)
    except BfbotError:  # its campaign left the files: the post is still shown
        mine = post.wording.language
    partner = pairs.partner_of(post)
    early = post.state in OPEN_POST and post.state is not PostState.APPROVED and not gone_out(post)
    may_write = early and person.may(Role.AUTHOR, post.campaign)
    return OtherHalf(
        mine=NAMES.get(mine, mine or "English"),
        theirs=NAMES["en" if mine == "cy" else "cy"],
        post=shown(partner, revision, person) if partner is not None else None,
        write=may_write and (partner is None or partner.state is PostState.WITHDRAWN),
        together=partner is not None and {post.state, partner.state} == {PostState.IN_REVIEW},
    )


def links_of(post: Post) -> list[ShownLink]:
    """Every page that an open post leads to; nothing for one that is over."""
    if post.state not in OPEN_POST:
        return []
    return [
        ShownLink(one, "Not looked at yet.", None)
        if isinstance(one, str)
        else ShownLink(one.address, _SAID[one.state], one)
        for one in link_check.seen_of(post)
    ]
