"""A joint statement: another organisation is named only with the sign-off of somebody who approves for it.

Two people of two organisations sign: the approver for the post's own, and somebody else for every other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from bfbot.domain.campaign import Campaign
from bfbot.domain.figures import source_text
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.message import MediaUse
from bfbot.domain.owner_sign_off import OwnerSignOff
from bfbot.domain.person import PLANNER
from bfbot.domain.post import Origin
from bfbot.domain.revision import Revision
from bfbot.rules.approval import same_person
from bfbot.rules.base import Case, Rule, once_per_case
from bfbot.rules.owner_marks import Marks, marks_in
from bfbot.rules.owners import CODE
from bfbot.rules.reading import CONTENT, plain, told


@dataclass(frozen=True)
class NamedOwner:
    """`words`: what names the other organisation in what goes out on `account` ("": on every one alike)."""

    owner: str
    words: str
    account: str = ""


@once_per_case
def named_owners(case: Case) -> Iterator[NamedOwner]:
    """By name, by letters or by the address of its site; by the post's own organisation's nobody is."""
    for account, text in told(case):
        for owner, words in named_in(text, case.campaign, case.revision):
            yield NamedOwner(owner, words, account)
    for text in drawn(case.post.wording.media, case.revision):
        for owner, words in named_in(text, case.campaign, case.revision):
            yield NamedOwner(owner, words)


def drawn(media: Iterable[MediaUse], revision: Revision) -> Iterator[str]:
    """What stands on the cards among these pictures beside the figure itself."""
    for one in media:
        fact = revision.facts.get(one.card or "")
        if fact is not None:
            yield f"{fact.measure} | {source_text(fact)}"


def named_in(text: str, campaign: Campaign, revision: Revision) -> tuple[tuple[str, str], ...]:
    """(owner, words) of the other organisations that this text of `campaign` names."""
    mine = plain(campaign.owner)
    others = tuple(
        Marks(one.owner, one.also_called, one.link)
        for one in revision.campaigns.values()
        if plain(one.owner) != mine
    )
    return marks_in(text, others, campaign.owner, _own_sites(campaign, revision)) if others else ()


def _own_sites(campaign: Campaign, revision: Revision) -> tuple[str, ...]:
    """Of every campaign of its organisation."""
    own = campaigns_of(campaign.owner, revision) or [campaign]
    return tuple(dict.fromkeys(site for one in (campaign, *own) for site in (one.link, *one.own_hosts)))


def campaigns_of(owner: str, revision: Revision) -> list[Campaign]:
    return [one for one in revision.campaigns.values() if plain(one.owner) == plain(owner)]


def standing_for(owner: str, given: Iterable[OwnerSignOff]) -> list[OwnerSignOff]:
    """Those of `given` that count for this organisation."""
    return [one for one in given if plain(one.owner) == plain(owner) and not one.lapsed]


def _signed(case: Case) -> Iterator[Finding]:
    approver = _approver(case)
    for one in named_owners(case):
        signed = standing_for(one.owner, case.owner_sign_offs)
        if not signed:
            message, mend = _unsigned(case, one)
            yield Finding(NAMES.id, _level(case), message, mend, account=one.account, about=one.owner)
        elif all(same_person(each.signer, approver) for each in signed):
            yield replace(one_for_two(signed[0].signer, one.owner, case.campaign), level=_level(case))
    yield from _one_for_several(case)


def _one_for_several(case: Case) -> Iterator[Finding]:
    """Where it names more than one: of all that were signed, there is another person for each."""
    owners = dict.fromkeys(one.owner for one in named_owners(case))
    signed = [standing_for(one, case.owner_sign_offs) for one in owners]
    approver = plain(_approver(case))
    signers = [{plain(one.signer) for one in each} - {approver} for each in signed]
    if len(signers) < 2 or not all(signers):
        return
    if not any(len(set(each)) == len(each) for each in product(*signers)):
        yield Finding(
            NAMES.id,
            _level(case),
            f"One person signed it off for more than one of {' and '.join(owners)}.",
            "Somebody else who approves for one of them signs it off, too.",
        )


def _approver(case: Case) -> str:
    """Who speaks for the post's own organisation; "" while that is open."""
    if case.moment is Moment.SUBMIT:
        return ""
    return case.approval.approver if case.approval and case.moment is Moment.SEND else case.actor


def missing_of(owner: str) -> str:
    """What is said of an organisation that has not signed."""
    return f"{owner} has not signed it off as it is now"


def _unsigned(case: Case, one: NamedOwner) -> tuple[str, str]:
    """What is missing, and who can help."""
    gone = [each for each in case.owner_sign_offs if plain(each.owner) == plain(one.owner) and each.lapsed]
    missing = gone[-1].lapsed if gone else missing_of(one.owner)
    whose = " or ".join(each.name for each in campaigns_of(one.owner, case.revision))
    return (
        f"“{one.words}” is named in a post that speaks for {case.campaign.owner}, and {missing}.",
        f"Ask somebody who approves for {whose} to sign it off: it waits for them on Today. Or take the name out.",
    )


def one_for_two(person: str, owner: str, campaign: Campaign) -> Finding:
    """The refusal of an approval by who has signed the same thing off for `owner`."""
    return Finding(
        NAMES.id,
        Level.REFUSE,
        f"{person} signed it off for {owner} and cannot speak for {campaign.owner} as well: two people sign.",
        f"Another approver of {campaign.name} approves it.",
        about=owner,
    )


def _level(case: Case) -> Level:
    """It is sent for approval unsigned, as both sign what was sent; a posting time takes another one."""
    if case.moment is Moment.APPROVE:
        return Level.REFUSE
    planned = case.post.origin is Origin.LIBRARY and case.post.author in {PLANNER, ""}
    return Level.REFUSE if planned and case.moment is Moment.SUBMIT else Level.HOLD


NAMES = Rule(
    "owner-names",
    "A joint statement has both organisations’ sign-off",
    CODE,
    "Have somebody who approves for the other organisation sign the post off, and somebody else approve it for "
    "its own; another text, picture or account needs both again.",
    CONTENT,
    _signed,
)
