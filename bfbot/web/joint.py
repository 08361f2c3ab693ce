"""Who signs a joint statement, made ready for the screen: each organisation with its signature, or its form."""

from __future__ import annotations

from dataclasses import dataclass

from bfbot.desk.joint import Joint
from bfbot.desk.owners_agreed import may_sign_for
from bfbot.domain.owner_sign_off import OwnerSignOff
from bfbot.domain.person import Person
from bfbot.domain.revision import Revision
from bfbot.rules.joint_statements import campaigns_of, standing_for


@dataclass(frozen=True)
class ShownHouse:
    """An organisation that is named. `whose`: the campaigns whose approvers sign for it.

    `barred`: why this person, who approves for it, cannot sign this one. `may_take_back`: what they signed, or a
    colleague, for this very thing.
    """

    owner: str
    whose: str
    signed: tuple[OwnerSignOff, ...]
    lapsed: str
    may_sign: bool
    may_take_back: bool
    barred: str


@dataclass(frozen=True)
class ShownJoint:
    """`id` tells its forms apart on a page; `digest` is what a sign-off given here names."""

    joint: Joint
    id: str
    owner: str
    campaign: str
    houses: tuple[ShownHouse, ...]

    @property
    def names(self) -> str:
        return " and ".join(one.owner for one in self.houses)


def shown_joint(joint: Joint | None, person: Person, revision: Revision) -> ShownJoint | None:
    """None for what speaks for one organisation alone."""
    if joint is None:
        return None
    campaign = revision.campaigns[joint.campaign]
    return ShownJoint(
        joint=joint,
        id=joint.subject.replace(":", "-"),
        owner=campaign.owner,
        campaign=campaign.name,
        houses=tuple(_house(joint, one, person, revision) for one in joint.owners),
    )


def _house(joint: Joint, owner: str, person: Person, revision: Revision) -> ShownHouse:
    signed = tuple(standing_for(owner, joint.signed))
    theirs = may_sign_for(person, owner, revision)
    barred = joint.barred(person.name) if theirs and not signed else ""
    gone = [one.lapsed for one in joint.signed if one.lapsed and one.owner == owner]
    return ShownHouse(
        owner=owner,
        whose=" or ".join(one.name for one in campaigns_of(owner, revision)),
        signed=signed,
        lapsed="" if signed or not gone else f"{gone[-1]}.",
        may_sign=theirs and not signed and not barred,
        may_take_back=theirs and any(one.subject == joint.subject for one in signed),
        barred=barred,
    )
