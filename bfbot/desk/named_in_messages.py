"""Which other organisations an evergreen post names, in words, alt texts and captions; nothing is drawn for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from bfbot.config import config
from bfbot.desk.proofing import campaign_of, proofs
from bfbot.desk.signed import wording_of
from bfbot.domain.captions import spoken
from bfbot.domain.message import Message
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision
from bfbot.errors import BfbotError
from bfbot.media.resolve import captions_of
from bfbot.rules.joint_statements import drawn, named_in

_known: dict[str, dict[str, tuple[str, ...]]] = {}


def owners_in(message: Message, revision: Revision) -> tuple[str, ...]:
    """Each once, as it stands on the post's own campaign's accounts; read once for each state of the files."""
    if revision.digest not in _known:
        _known.clear()
    found = _known.setdefault(revision.digest, {})
    if message.id not in found:
        campaign = campaign_of(message.campaign, revision)
        named = (one for text in _texts(message, revision) for one, _ in named_in(text, campaign, revision))
        found[message.id] = tuple(dict.fromkeys(named))
    return found[message.id]


def words_of(message: Message, revision: Revision) -> dict[str, Proof]:
    """What it says on each account of its campaign, without its pictures. Raises as `proofs`."""
    return proofs(
        replace(wording_of(message), media=()),
        campaign=campaign_of(message.campaign, revision),
        accounts=[one.id for one in revision.accounts.values() if message.campaign in one.campaigns],
        revision=revision,
        own_words=False,
        theme=message.pillar,
    )


def _texts(message: Message, revision: Revision) -> Iterator[str]:
    yield from (message.text, *message.variants.values())
    with suppress(BfbotError):  # what cannot be written out goes out nowhere
        yield from (one.text for one in words_of(message, revision).values())
    yield from drawn(message.media, revision)
    for media in message.media:
        yield media.alt
        with suppress(BfbotError):  # captions that cannot be read are refused where they would go out
            yield spoken(captions_of(media, config().home))
