"""The shipped posts as they would go out: every rule asked, on every network, today and years ahead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from bfbot.domain.figures import figure_text, source_text
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.message import Message
from bfbot.domain.post import Delivery, Origin, Post, Wording
from bfbot.domain.proof import MediaProof
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account
from bfbot.domain.states import DeliveryState, PostState
from bfbot.domain.wording import resolve
from bfbot.library import read_library
from bfbot.media.resolve import picture
from bfbot.platforms.base import Draft
from bfbot.platforms.registry import platform_for
from bfbot.rules.base import Case, judge
from bfbot.rules.catalogue import RULES
from tests.content.shipped import REFUSED, ROOT, messages, names_fact, sendable_any_day

DAYS = [datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2029, 6, 12, 9, tzinfo=UTC)]
each = pytest.mark.parametrize("plain", messages(), ids=lambda one: one["id"])
anyday = pytest.mark.parametrize("now", DAYS, ids=lambda day: str(day.year))


@cache
def library() -> Revision:
    revision, faults = read_library(ROOT, now=DAYS[0])
    assert revision is not None, "\n".join(str(one) for one in faults)
    return revision


def accounts(campaign: str) -> list[Account]:
    """One account on each network there is, as a team would have them."""
    (practice,) = (one for one in library().accounts.values() if campaign in one.campaigns)
    real = (("mastodon", "https://social.example"), ("x", ""))
    return [practice, *(Account(name, name, (campaign,), base_url=url) for name, url in real)]


def case(message: Message, now: datetime) -> Case:
    """The message as the planner would hand it in, its pictures told apart from their bytes."""
    campaign = library().campaigns[message.campaign]
    media = tuple(MediaProof("0" * 64, "image/png", one.alt, 1200, 675, 60_000) for one in message.media)
    places = accounts(message.campaign)
    known = {**library().accounts, **{one.id: one for one in places}}
    adapters = {one.id: platform_for(one) for one in places}
    proofs = {}
    for one in places:
        texts = resolve(
            message.variants.get(one.platform) or message.text,
            facts=library().facts,
            campaign=campaign,
            link=message.link,
            extras={},
        )
        proofs[one.id] = adapters[one.id].render(Draft(one.id, texts, media))
    due = now + timedelta(hours=1)
    deliveries = tuple(
        Delivery(
            id=number,
            post_id=1,
            account=one.id,
            platform=one.platform,
            state=DeliveryState.PLANNED,
            key=one.id,
            due_at=due,
            closes_at=due + timedelta(hours=2),
            not_before=due,
            attempts=0,
            proof=proofs[one.id],
        )
        for number, one in enumerate(places)
    )
    post = Post(
        id=1,
        campaign=campaign.id,
        origin=Origin.LIBRARY,
        state=PostState.DRAFT,
        wording=Wording(message.text, message.variants, message.media, message.link),
        author="planner",
        first_planned_at=due,
        scheduled_for=due,
        window=timedelta(hours=2),
        revision=1,
        deliveries=deliveries,
        message=message.id,
    )
    revision = Revision(
        1,
        library().digest,
        now,
        campaigns=library().campaigns,
        facts=library().facts,
        asks=library().asks,
        messages=library().messages,
        pictures=library().pictures,
        consents=library().consents,
        accounts=known,
    )
    limits = {name: one.limits for name, one in adapters.items()}
    return Case(Moment.SUBMIT, now, post, campaign, revision, deliveries, proofs, limits, message=message)


def findings(message_id: str, now: datetime) -> tuple[Finding, ...]:
    return judge(case(library().messages[message_id], now), RULES)


def test_the_library_takes_the_files_without_an_error() -> None:
    _, faults = read_library(ROOT, now=DAYS[0])
    assert not [str(one) for one in faults if one.level == "error"]


@each
@anyday
def test_it_passes_every_rule_or_states_its_refusal(plain: dict[str, str], now: datetime) -> None:
    found = findings(plain["id"], now)
    refused = {one.rule for one in found if one.level is Level.REFUSE}
    if plain["id"] in REFUSED:
        assert refused <= {"fact-usable", "ask-current", "typed-figure"}
        assert refused
        assert any(REFUSED[plain["id"]] in str(one) or "ask" in one.rule for one in found)
    elif "valid" in plain:
        assert refused == {"message-dates", "key-date"}
    elif "when" in plain:
        assert refused == (set() if fits(plain["id"], now) else {"key-date"})
    else:
        assert not refused, [str(one) for one in found]
    others = {one.rule for one in found if one.level in {Level.CONFIRM, Level.HOLD}}
    if sendable_any_day(plain):
        assert not found, [str(one) for one in found]
    elif names_fact(plain):
        assert others <= {"fact-latest"}


def fits(message_id: str, now: datetime) -> bool:
    when = library().messages[message_id].when
    return when is not None and when.fits(now.date())


def test_a_post_for_one_day_passes_on_that_day() -> None:
    assert not findings("anti-slavery-day-2027", datetime(2027, 10, 18, 9, tzinfo=UTC))


KEY_DATES = {
    "anti-slavery-day-each-year": (10, 18),
    "children-act-anniversary": (11, 16),
    "rights-convention-day": (11, 20),
    "county-rights-day": (11, 20),
    "ncasc-november": (11, 5),
}


@pytest.mark.parametrize("message_id", KEY_DATES)
@pytest.mark.parametrize("year", [2026, 2027, 2029])
def test_an_anniversary_passes_on_its_day_of_every_year(message_id: str, year: int) -> None:
    month, day = KEY_DATES[message_id]
    assert not findings(message_id, datetime(year, month, day, 9, tzinfo=UTC))
    assert {one.rule for one in findings(message_id, datetime(year, 3, 1, 9, tzinfo=UTC))} == {"key-date"}


def test_the_expired_gap_says_what_would_mend_it() -> None:
    (one,) = (one for one in findings("funding-gap", DAYS[0]) if one.rule == "fact-usable")
    assert "£3.1 billion" in one.message
    assert "31 December 2025" in one.message
    assert one.mend


def test_alt_texts_of_cards_say_what_stands_on_the_card() -> None:
    for message in library().messages.values():
        for media in message.media:
            if media.card:
                fact = library().facts[media.card]
                told = (figure_text(fact), fact.measure, fact.period, source_text(fact))
                assert [one for one in told if one not in " ".join(media.alt.split())] == [], message.id


def test_every_shipped_card_and_picture_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / "messages").symlink_to(ROOT / "messages")
    seen = {(one.card, one.file): one for message in library().messages.values() for one in message.media}
    files = [one for one in seen.values() if one.file]
    cards = [one for one in seen.values() if one.card]
    assert len(cards) >= 10
    for use in [*files, *cards[:3]]:
        assert picture(use, library(), tmp_path).width == 1200
