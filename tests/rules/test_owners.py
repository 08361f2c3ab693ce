"""Owners apart, asks, and the politics that public money keeps out of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bfbot.domain.finding import Level, Moment
from bfbot.domain.owner_sign_off import OwnerSignOff
from bfbot.domain.person import PLANNER
from bfbot.domain.post import Origin
from bfbot.rules.base import Case
from tests.rules.cases import TEXT, case, delivery, found, message, picture, said, send_case
from tests.rules.team_files import CCN, LGA, NOW, REVISION


def test_a_figure_of_the_other_owner_is_refused_both_ways() -> None:
    assert "belongs to CCN" in said("owner-figures", case("Referrals rose {fact:county}."))
    assert "belongs to LGA" in said(
        "owner-figures", case("It rose {fact:rise}.", campaign=CCN, accounts=("ccn-x",))
    )
    assert not said("owner-figures", case("Referrals rose {fact:county}.", campaign=CCN, accounts=("ccn-x",)))


def test_two_owners_on_text_and_card_are_refused() -> None:
    assert said("owner-figures", case("It rose {fact:rise}.", cards=("county",)))


@pytest.mark.parametrize(
    "sign", ["#CountyChildren", "#COUNTYCHILDREN", "#County\u200bChildren", "＃countychildren"]
)
def test_the_other_campaigns_hashtag(sign: str) -> None:
    assert "CCN" in said("owner-campaigns", case(f"{TEXT} {sign}"))


@pytest.mark.parametrize("link", [CCN.link, CCN.link.upper(), CCN.link.replace("https://www.", "http://") + "/"])
def test_the_other_campaigns_page(link: str) -> None:
    assert said("owner-campaigns", case(f"{TEXT} {link}"))


def test_a_longer_hashtag_is_another_one() -> None:
    assert not said("owner-campaigns", case(f"{TEXT} #CountyChildrensHomes"))


@pytest.mark.parametrize(
    "text", [f"{TEXT} #County_Children", f"{TEXT} # x {CCN.link.replace('children', 'ch%69ldren')}"]
)
def test_a_disguised_mark_of_the_other_campaign(text: str) -> None:
    assert found("owner-campaigns", case(text))


def test_marks_and_names_on_pictures_count() -> None:
    shown = picture(alt="A card of #CountyChildren, by CCN")
    assert found("owner-campaigns", case(media=(shown,)))
    assert found("owner-names", case(media=(shown,)))


@pytest.mark.parametrize(
    "text",
    [
        "With C.C.N. we ask",
        "With C C N we ask",
        "The CCN’s plan",
        "The CCNs plan",
        "With the County  Councils Network",
        "With the county councils network’s help",
        "See www.countycouncilsnetwork.org.uk/homes",
        "See https://countycouncilsnetwork.org.uk/homes",
    ],
)
def test_the_other_owner_by_any_name(text: str) -> None:
    assert found("owner-names", case(text))
    assert not found("owner-names", case(text, campaign=CCN, accounts=("ccn-x",), link=CCN.link))


def test_naming_the_other_owner_waits_for_its_sign_off_whatever_an_approver_writes() -> None:
    text, word = "With ccn we ask for help.", "Agreed with CCN on 20 November."
    assert levels(case(text)) == [Level.HOLD]
    assert levels(case(text, moment=Moment.APPROVE)) == [Level.REFUSE]
    assert levels(send_case(text, approved={"confirmed": word})) == [Level.HOLD]


def test_a_posting_time_takes_another_evergreen_post_than_an_unsigned_one() -> None:
    assert levels(case("With CCN we ask.", origin=Origin.LIBRARY, author=PLANNER)) == [Level.REFUSE]
    assert levels(case("With CCN we ask.", origin=Origin.LIBRARY)) == [Level.HOLD], "a person sent it for approval"


def test_a_sign_off_of_each_and_another_persons_approval_let_it_pass() -> None:
    text, both = "With CCN we ask for help.", (signed("CCN", "Demo signer"),)
    for asked in (case(text), case(text, moment=Moment.APPROVE), send_case(text)):
        assert not levels(replace(asked, owner_sign_offs=both))
        assert levels(replace(asked, owner_sign_offs=(signed("Elsewhere", "Demo signer"),)))
        assert levels(replace(asked, owner_sign_offs=(replace(both[0], lapsed="Demo signer has left"),)))
    third = replace(CCN, id="third", owner="Third Sector", link="https://third.example/x", also_called=())
    known = replace(REVISION, campaigns={**REVISION.campaigns, "third": third})
    three = case("With CCN and the Third Sector we ask.", revision=known, owner_sign_offs=both)
    assert [one.about for one in found("owner-names", three)] == ["Third Sector"]
    assert not levels(replace(three, owner_sign_offs=(*both, signed("Third Sector", "Demo other"))))
    alone = (*both, signed("Third Sector", "demo signer"))
    assert levels(replace(three, owner_sign_offs=alone)) == [Level.HOLD], "one person for two"
    two = (*alone, signed("CCN", "Demo other"))
    assert not levels(replace(three, owner_sign_offs=two))
    asked = replace(three, owner_sign_offs=two, moment=Moment.APPROVE)
    assert not levels(replace(asked, actor="Demo approver"))
    assert levels(replace(asked, actor="Demo other")) == [Level.REFUSE], "then one person is left for two"


@pytest.mark.parametrize("approver", ["Demo signer", " demo  SIGNER"])
def test_who_signed_for_the_one_cannot_approve_for_the_other(approver: str) -> None:
    text, given = "With CCN we ask for help.", (signed("CCN", "Demo signer"),)
    asked = case(text, moment=Moment.APPROVE, actor=approver, owner_sign_offs=given)
    (one,) = found("owner-names", asked)
    assert (one.level, "cannot speak for LGA as well" in one.message) == (Level.REFUSE, True)
    assert levels(replace(send_case(text, approved={"approver": approver}), owner_sign_offs=given)) == [Level.HOLD]
    assert not levels(replace(asked, owner_sign_offs=(*given, signed("CCN", "Demo other")))), "a third has signed"


def signed(owner: str, signer: str) -> OwnerSignOff:
    return OwnerSignOff(1, owner, "post:7", "", signer, "We agree.", NOW)


def levels(asked: Case) -> list[Level]:
    return [one.level for one in found("owner-names", asked)]


def test_an_account_that_is_no_longer_there_stops_the_post() -> None:
    assert "lga-gone" in said("owner-accounts", case(accounts=("lga-gone",)))


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        ("close-gap-2019", ("is superseded", "fund-2026")),
        ("no-such-ask", ("There is no ask",)),
    ],
)
def test_asks_that_are_not_current(ask: str, words: tuple[str, ...]) -> None:
    text = said("ask-current", case(message=message(asks=(ask,))))
    assert all(one in text for one in words)


def test_an_ask_may_be_made_on_its_last_day() -> None:
    asks = message(asks=("until-today",))
    assert not found("ask-current", case(message=asks))
    tomorrow = NOW + timedelta(days=1)
    later = (delivery("lga-x", due_at=tomorrow, closes_at=tomorrow + timedelta(hours=1)),)
    assert "ended on 23 November 2026" in said("ask-current", case(message=asks, deliveries=later))


@pytest.mark.parametrize(
    "text", ["Vote Conservative!", "VOTE  for Labour", "Vote Lib Dem", "Vote them out", "vo\u200bte labour"]
)
def test_nobody_is_told_how_to_vote(text: str) -> None:
    assert said("party-politics", case(text))


@pytest.mark.parametrize(
    "text", ["Register to vote by Friday.", "Children vote for their favourite book.", "Reform of SEND"]
)
def test_votes_as_such_are_no_party_politics(text: str) -> None:
    assert not said("party-politics", case(text))


@pytest.mark.parametrize("text", ["Write to your MP.", "Ask your local councillor.", "E-mail the minister"])
def test_an_unmarked_call_on_politicians_is_noticed(text: str) -> None:
    assert found("lobbying-marked", case(text))[0].level is Level.WARN
    assert not found("lobbying-marked", case(text, message=message(asks=("fund-2026",))))


def test_the_shipped_owners_differ() -> None:
    assert LGA.owner != CCN.owner
