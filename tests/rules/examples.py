"""For every rule one case in which it speaks and one, as near to it as can be, in which it is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bfbot.domain.finding import Level, Moment
from bfbot.domain.link import LinkState
from bfbot.domain.person import PLANNER
from bfbot.domain.post import Origin
from bfbot.domain.proof import Proof, ProofPart
from bfbot.domain.yearly import Yearly
from bfbot.rules.base import Case
from tests.rules.cases import (
    TEXT,
    case,
    clash_case,
    delivery,
    film,
    filmed,
    hold,
    message,
    neighbour,
    picture,
    quiet_case,
    season,
    seen,
    send_case,
    waiting,
    welsh,
)
from tests.rules.examples_people import ABOUT_PEOPLE
from tests.rules.team_files import LGA, LIMITS, NOW

_R, _C, _H, _W = Level.REFUSE, Level.CONFIRM, Level.HOLD, Level.WARN

EXAMPLES: dict[str, tuple[Level, Case, Case]] = {
    "text-empty": (_R, case("{link} {hashtag}"), case("Help early. {link} {hashtag}")),
    "text-unfilled": (
        _R,
        case(proof=Proof("lga-mastodon", "mastodon", (ProofPart("New for {council}", 17),))),
        case(proof=Proof("lga-mastodon", "mastodon", (ProofPart("New for Kent", 12),))),
    ),
    "text-previewed": (_R, replace(case(), proofs={}), case()),
    "text-pasted": (_R, case("Write to [email protected] today."), case("Write to marketing@local.gov.uk today.")),
    "fact-known": (_R, case("Enquiries rose {fact:rize}."), case("Enquiries rose {fact:rise}.")),
    "fact-usable": (_R, case("The gap is {fact:gap-2025b}."), case("The offer is {fact:peer}.")),
    "fact-sourced": (_R, case("We helped {fact:unsourced}."), case("We inspected {fact:due}.")),
    "typed-figure": (_R, case("The gap is £3.1bn."), case("The gap is £3.2bn.")),
    "figure-sourced": (
        _C,
        case("Nearly 12 per cent of children here wait for more than a year."),
        case("On 12 May, 12 children came at 12:30, at £12 each; ring 0300 123 4567."),
    ),
    "one-figure": (_R, case("{fact:spend-a} or {fact:spend-b}"), case("{fact:spend-a}, and again {fact:spend-a}")),
    "one-figure-queue": (
        _R,
        case("We spend {fact:spend-a}.", queued=(waiting("We spend {fact:spend-b}.", "lga-x"),)),
        case("We spend {fact:spend-a}.", queued=(waiting("It was {fact:spend-a}.", "lga-x"),)),
    ),
    "part-and-whole": (_W, case("{fact:sector} and {fact:peer}"), case("{fact:sector} and {fact:mh-crisis}")),
    "part-whole-sum": (
        _R,
        case("Help with improvement is worth £22 million."),
        case("Help with improvement is worth £20 million, of which £2 million pays for reviews."),
    ),
    "owner-total": (_R, case("That makes £24 million in all."), case("That makes £25 million in all.")),
    "per-cent-derived": (
        _R,
        case("Protection plans rose by {fact:plans-rise}, or 37 per cent."),
        case("Protection plans rose by {fact:plans-rise}. At 88 per cent of councils money ran out."),
    ),
    "fold-per-cent": (
        _R,
        case("Missing children: 300 per cent more, a three-fold rise."),
        case("Missing children: 300 per cent more, a four-fold rise."),
    ),
    "share-rounded": (
        _R,
        case("Nine in ten councils are overspending."),
        case("Nearly nine in ten councils are overspending."),
    ),
    "fact-unchanged": (
        _R,
        send_case(
            "The offer is {fact:peer}.",
            proof=Proof("lga-mastodon", "mastodon", (ProofPart("The offer is £3 million.", 24),)),
        ),
        send_case("The offer is {fact:peer}."),
    ),
    "fact-latest": (_C, case("Enquiries rose {fact:rise}."), case("The offer is {fact:peer}.")),
    "fact-review": (_W, case("{fact:due} were inspected"), case("The offer is {fact:peer}.")),
    "owner-figures": (_R, case("Referrals rose {fact:county}."), case("Enquiries rose {fact:rise}.")),
    "owner-campaigns": (_R, case(f"{TEXT} #countychildren"), case(f"{TEXT} #ChildrenFirst")),
    "owner-names": (_H, case("With CCN we ask for help."), case("With councils we ask for help.")),
    "owner-accounts": (_R, case(accounts=("ccn-x",)), case(accounts=("lga-x",))),
    "ask-current": (
        _R,
        case(message=message(asks=("close-gap-2019",))),
        case(message=message(asks=("fund-2026",))),
    ),
    "party-politics": (
        _R,
        case("On Thursday, vote Labour."),
        case("The labour market and the vote on the budget."),
    ),
    "lobbying-marked": (
        _W,
        case("Write to your MP today."),
        case("Write to your MP today.", message=message(lobbying=True)),
    ),
    "length": (
        _R,
        case(proof=Proof("lga-mastodon", "mastodon", (ProofPart("a", 501),))),
        case(proof=Proof("lga-mastodon", "mastodon", (ProofPart("a", 500),))),
    ),
    "threads": (
        _R,
        case("One.\n---\nTwo.", limits=replace(LIMITS, threads=False)),
        case("One.\n---\nTwo.", limits=LIMITS),
    ),
    "media-count": (_R, case(media=(picture(),) * 5), case(media=(picture(),) * 4)),
    "media-kind": (_R, case(media=(picture(mime="image/webp"),)), case(media=(picture(),))),
    "alt-missing": (_R, case(media=(picture(alt=" \u200b"),)), case(media=(picture(),))),
    "alt-words": (
        _R,
        case(media=(picture(alt="Image of a chart"),)),
        case(media=(picture(alt="A chart of enquiries"),)),
    ),
    "alt-length": (_R, case(media=(picture(alt="x" * 1501),)), case(media=(picture(alt="x" * 1500),))),
    "alt-short-or-long": (_W, case(media=(picture(alt="A chart"),)), case(media=(picture(alt="A rising chart"),))),
    "alt-capitals": (
        _W,
        case(media=(picture(alt="TWO NURSES WAIT"),)),
        case(media=(picture(alt="Two NHS nurses"),)),
    ),
    "alt-repeated": (
        _W,
        case(media=(picture(alt=f" {TEXT.upper()}"),)),
        case(media=(picture(alt="Two nurses wait."), picture(alt="Two nurses wave.", digest="b" * 64))),
    ),
    "captions": (_R, film(), film(captions="films/visit.vtt")),
    "captions-shown": (_R, filmed(in_picture=False), filmed()),
    "plain-letters": (_R, case("𝗛𝗲𝗹𝗽 early."), case("Help early.")),
    "unseen-characters": (_R, case("Help\u200b early."), case("Help early. 👨‍👩‍👧")),
    "link-web": (_R, case(link="ftp://local.gov.uk/a"), case(link="http://local.gov.uk/a")),
    "link-personal": (
        _R,
        case(link="https://local.gov.uk/?to=ann@kent.gov.uk"),
        case(link="https://local.gov.uk/?to=kent"),
    ),
    "link-count": (_W, case(f"{TEXT} https://gov.uk/a"), case(f"{TEXT} https://local.gov.uk/a", link="")),
    "link-there": (_C, seen(LinkState.GONE, 404), seen(LinkState.UNREACHED)),
    "link-straight": (_W, seen(LinkState.MOVED, 200), seen(LinkState.THERE, 200)),
    "variants": (
        _R,
        case(accounts=("lga-x", "lga-x-two")),
        case(accounts=("lga-x", "lga-mastodon")),
    ),
    "variants-queue": (
        _R,
        case(accounts=("lga-x",), queued=(waiting(TEXT, "lga-x-two"),)),
        case(accounts=("lga-x",), queued=(waiting(TEXT, "lga-mastodon"),)),
    ),
    "hashtag-campaign": (_W, case(f"{TEXT} #gettingthebest"), case(f"{TEXT} #GettingTheBest")),
    "hashtag-capitals": (_W, case(f"{TEXT} #socialwork"), case(f"{TEXT} #SocialWork")),
    "hashtag-count": (_W, case(f"{TEXT} #Aa #Bb"), case(f"{TEXT} #Aa")),
    "hashtag-place": (_W, case("The #Families we help."), case("Those we help. #Families")),
    "sentence-length": (_W, case("word " * 26 + "."), case("word " * 25 + ".")),
    "reading-age": (
        _W,
        case(
            "Intersectional governance considerations necessitate organisational transformation, say all of them."
        ),
        case("We know what works. Children do well when the help that they need comes soon enough."),
    ),
    "emoji-place": (_W, case("We 💜 social work."), case("We love social work 💜")),
    "emoji": (_W, case("Help 🙂🎉👏🌈"), case("Help 🙂🎉👏")),
    "window": (
        _R,
        case(deliveries=(delivery("lga-x", due_at=NOW - timedelta(hours=3), closes_at=NOW),)),
        case(deliveries=(delivery("lga-x", due_at=NOW, closes_at=NOW + timedelta(seconds=1)),)),
    ),
    "message-dates": (
        _R,
        case(message=message(valid_until=date(2026, 11, 22))),
        case(message=message(valid_until=date(2026, 11, 23))),
    ),
    "muted-account": (
        _H,
        send_case(origin=Origin.LIBRARY, author=PLANNER, muted=frozenset({"lga-mastodon"})),
        send_case(origin=Origin.LIBRARY, author="Demo author", muted=frozenset({"lga-mastodon"})),
    ),
    "quiet-time": (_H, quiet_case(Origin.LIBRARY), quiet_case(Origin.PERSON)),
    "hold": (_H, send_case(holds=(hold(),)), send_case(holds=(hold(lifted_at=NOW),))),
    "pair-together": (_H, send_case(partner=None, pair=9), send_case(pair=9, partner=welsh())),
    "author-approver": (
        _R,
        case(moment=Moment.APPROVE, actor="Demo author"),
        case(moment=Moment.APPROVE, actor="Demo approver"),
    ),
    "approval": (_H, send_case(approved={"signature": "0" * 64}), send_case()),
    "key-date": (
        _R,
        case(message=message(when=Yearly(11, 24))),
        case(message=message(when=Yearly(11, 23))),
    ),
    "season-candidate": (
        _H,
        season("Councillor O'Candidate Else opens the hub.", signed_off=frozenset({"local-2026"})),
        season("Councillor Leader opens the hub.", signed_off=frozenset({"local-2026"})),
    ),
    "season-shared": (
        _H,
        season("As @DemoLeader says: help early."),
        season("As Demo Leader says: help early."),
    ),
    "season-lobbying": (
        _H,
        season("Write to your MP today."),
        season("Write to your family hub today."),
    ),
    "season-sign-off": (_H, season(), season(signed_off=frozenset({"local-2026"}))),
    "clash-account": (
        _C,
        case(others_near=(neighbour(29),)),
        case(others_near=(neighbour(30), neighbour(29, account="lga-x"))),
    ),
    "clash-declared": (_C, clash_case((LGA.id,)), clash_case(("county-children",))),
    **ABOUT_PEOPLE,
}
