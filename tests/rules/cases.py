"""A case before the rules, made from the campaign's own statistics, with one thing changed at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bfbot.domain.approval import Approval
from bfbot.domain.campaign import Campaign
from bfbot.domain.finding import Finding, Moment
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.limits import ClipLimits, Limits
from bfbot.domain.link import LinkSeen, LinkState
from bfbot.domain.message import Kind, MediaUse, Message
from bfbot.domain.picture import NEVER, People, Picture
from bfbot.domain.post import Delivery, Origin, Post, Wording
from bfbot.domain.proof import MediaProof, Proof, ProofPart, joint_digest
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import QuietTime
from bfbot.domain.season import Clash, Period, Spokesperson
from bfbot.domain.states import DeliveryState, PostState
from bfbot.domain.wording import resolve
from bfbot.errors import ContentRefused
from bfbot.rules.base import Case
from bfbot.rules.catalogue import by_id
from tests.rules.team_files import LGA, LIMITS, NOW, REVISION

TEXT = "Children need help early, before a problem becomes a crisis."
CARD = MediaProof("a" * 64, "image/png", "Enquiries rose from 84,100 to 201,170.", 1200, 675, 90_000)


def picture(**changed: Any) -> MediaProof:
    return replace(CARD, **changed)


def delivery(account: str, **changed: Any) -> Delivery:
    """Due two hours from now, closed two hours later."""
    due = NOW + timedelta(hours=2)
    platform = REVISION.accounts[account].platform if account in REVISION.accounts else "mastodon"
    plain = Delivery(
        id=len(account),
        post_id=7,
        account=account,
        platform=platform,
        state=DeliveryState.PLANNED,
        key=f"key-{account}",
        due_at=due,
        closes_at=due + timedelta(hours=2),
        not_before=due,
        attempts=0,
    )
    return replace(plain, **changed)


def rendered(
    account: str, platform: str, wording: Wording, revision: Revision, campaign: Campaign
) -> Proof | None:
    """The Proof as an adapter would make it; None where the text cannot be filled in."""
    try:
        texts = resolve(
            wording.for_platform(platform), facts=revision.facts, campaign=campaign, link=wording.link, extras={}
        )
    except ContentRefused:
        return None
    parts = tuple(ProofPart(text, len(text)) for text in texts)
    return Proof(account, platform, parts, links=(wording.link,) if wording.link else ())


def case(
    text: str = TEXT,
    *,
    moment: Moment = Moment.SUBMIT,
    now: datetime = NOW,
    accounts: tuple[str, ...] = ("lga-mastodon",),
    deliveries: tuple[Delivery, ...] | None = None,
    variants: Mapping[str, str] | None = None,
    link: str = LGA.link,
    cards: tuple[str, ...] = (),
    media: tuple[MediaProof, ...] = (),
    campaign: Campaign = LGA,
    revision: Revision = REVISION,
    limits: Limits = LIMITS,
    proof: Proof | None = None,
    author: str = "Demo author",
    origin: Origin = Origin.PERSON,
    pair: int | None = None,
    **more: Any,
) -> Case:
    """A case that every rule lets pass; each argument changes one thing. `media` are the pictures of the Proof."""
    wording = Wording(text, variants or {}, tuple(MediaUse(alt="A card.", card=one) for one in cards), link)
    going = deliveries if deliveries is not None else tuple(delivery(one) for one in accounts)
    made = {one.account: rendered(one.account, one.platform, wording, revision, campaign) for one in going}
    proofs = {account: one for account, one in made.items() if one is not None}
    if media:
        proofs = {
            account: replace(one, parts=(replace(one.parts[0], media=media), *one.parts[1:]))
            for account, one in proofs.items()
        }
    if proof is not None:
        proofs[proof.account] = proof
    going = tuple(replace(one, proof=proofs.get(one.account)) for one in going)
    post = Post(
        id=7,
        campaign=campaign.id,
        origin=origin,
        state=PostState.DRAFT,
        wording=wording,
        author=author,
        first_planned_at=NOW,
        scheduled_for=NOW + timedelta(hours=2),
        window=timedelta(hours=2),
        revision=1,
        deliveries=going,
        signature=joint_digest(list(proofs.values())),
        pair=pair,
    )
    given = {"actor": "Demo approver" if moment is Moment.APPROVE else "", **more}
    return Case(
        moment, now, post, campaign, revision, going, proofs, {one.account: limits for one in going}, **given
    )


def film(**changed: Any) -> Case:
    """A case with a film of the library's."""
    asked = case()
    media = (MediaUse(alt="A social worker talks about her day.", file="films/visit.MP4", **changed),)
    return replace(asked, post=replace(asked.post, wording=replace(asked.post.wording, media=media)))


CLIP = MediaProof(
    "c" * 64, "video/mp4", "A social worker talks about her day.", 640, 360, 900_000, (0.5, 0.5), 12_000, "d" * 64,
    "e" * 64, "Good morning.",
)  # fmt: skip
TAKES_CLIPS = replace(LIMITS, clips=ClipLimits(frozenset({"video/mp4"}), 1_000_000, 15, captions=False))


def filmed(
    *, in_picture: bool = True, limits: Limits = TAKES_CLIPS, held: Mapping[str, Any] | None = None, **changed: Any
) -> Case:
    """A case with a clip of the library's, as it is stored; `changed` is the stored one, `held` the library's."""
    clip = replace(CLIP, **changed)
    asked = case(media=(clip,), limits=limits)
    use = MediaUse(alt=clip.alt, file="films/visit.mp4", captions="films/visit.vtt")
    entry = Picture(
        id="visit",
        file="films/visit.mp4",
        people=People.NONE,
        credit="The council's own team",
        licence="our own",
        owner="The council",
        expires=NEVER,
        captions="films/visit.vtt",
        captions_in_picture=in_picture,
    )
    pictures = {"visit": replace(entry, **(held or {}))}
    return replace(
        asked,
        post=replace(asked.post, wording=replace(asked.post.wording, media=(use,))),
        revision=replace(asked.revision, pictures=pictures),
    )


def seen(state: LinkState, status: int = 0, **more: Any) -> Case:
    """A case whose campaign page was looked at two hours ago."""
    found = LinkSeen(LGA.link, state, NOW - timedelta(hours=2), status, final="https://www.local.gov.uk/new")
    return case(**{"moment": Moment.APPROVE, "links_seen": {LGA.link: found}, **more})


def send_case(text: str = TEXT, *, approved: Mapping[str, Any] | None = None, **more: Any) -> Case:
    """The same case at its time, under an approval for that day; `approved` changes the approval."""
    made = case(text, moment=Moment.SEND, **{"now": NOW + timedelta(hours=2), **more})
    approval = Approval(
        post_id=7,
        author="Demo author",
        approver="Demo approver",
        signature=made.post.signature,
        from_time=NOW,
        until=NOW + timedelta(hours=15),
        given_at=NOW,
    )
    return replace(made, approval=replace(approval, **(approved or {})))


def quiet_case(origin: Origin) -> Case:
    """At its time, in a quiet time that covers the whole day."""
    quiet = QuietTime("nights", (LGA.id,), frozenset(range(7)), time(0), time(23, 59))
    return send_case(origin=origin, revision=replace(REVISION, quiet_times={"nights": quiet}))


PERIOD = Period(
    "local-2026", "Local elections", NOW - timedelta(days=1), NOW + timedelta(days=21), "Europe/London"
)
PEOPLE = (
    Spokesperson("leader", "Leader of Example Council", "Demo Leader", "Example Party", ("demoleader",)),
    Spokesperson(
        "runner",
        "Ward councillor for Nowhere",
        "Demo O’Candidate-Else",
        handles=("democandidate", "demo@social.example"),
        candidate=True,
        candidate_from=date(2026, 11, 1),
        candidate_until=date(2026, 12, 14),
    ),
    Spokesperson("chair", "Chair of the Example Board"),
)


def season(text: str = TEXT, *, period: Period = PERIOD, **more: Any) -> Case:
    """The ordinary post, in a pre-election period that began yesterday; `planned` changes its first moment."""
    people = {one.id: one for one in PEOPLE}
    planned, moment = more.pop("planned", NOW), more.pop("moment", Moment.SUBMIT)
    given = {"revision": replace(REVISION, periods={period.id: period}, spokespeople=people), **more}
    made = send_case(text, **given) if moment is Moment.SEND else case(text, moment=moment, **given)
    return replace(made, post=replace(made.post, first_planned_at=planned))


def clash_case(campaigns: tuple[str, ...], **more: Any) -> Case:
    """On a day that belongs to somebody else's campaign."""
    clash = Clash("fostering", "Fostering Fortnight", campaigns, date(2026, 11, 23), date(2026, 12, 6))
    return case(revision=replace(REVISION, clashes={clash.id: clash}), **more)


def neighbour(minutes: int, campaign: str = "county-children", account: str = "lga-mastodon") -> Post:
    """A post of another campaign on one account, so many minutes after the ordinary one."""
    due = NOW + timedelta(hours=2, minutes=minutes)
    there = (delivery(account, due_at=due),)
    return replace(waiting("Another word.", account), campaign=campaign, deliveries=there)


def hold(**changed: Any) -> Hold:
    plain = Hold(1, Scope.EVERYTHING, "", "mourning", "Demo approver", NOW - timedelta(hours=1))
    return replace(plain, **changed)


def message(**changed: Any) -> Message:
    return replace(Message("early-help", Kind.ASK, LGA.id, "funding", TEXT), **changed)


def waiting(text: str, account: str, post_id: int = 8) -> Post:
    """Another post of the queue, on one account."""
    other = case(text, deliveries=(delivery(account),), link="")
    return replace(other.post, id=post_id)


def welsh(state: DeliveryState = DeliveryState.DUE, **changed: Any) -> Post:
    """The Welsh version of the ordinary post, approved, on the same account at the same time."""
    other = case("Mae angen help ar blant yn gynnar.", deliveries=(delivery("lga-mastodon", state=state),))
    wording = replace(other.post.wording, language="cy")
    plain = replace(other.post, id=9, state=PostState.APPROVED, wording=wording, pair=7)
    return replace(plain, **changed)


def found(rule_id: str, asked: Case) -> tuple[Finding, ...]:
    """What one rule finds, if it is asked at that moment at all."""
    rule = by_id(rule_id)
    return tuple(rule.judge(asked)) if asked.moment in rule.moments else ()


def said(rule_id: str, asked: Case) -> str:
    """Everything one rule finds, as one text."""
    return "\n".join(str(one) for one in found(rule_id, asked))
