"""What waits over seven days, each as it will go out, with what the rules say: in a handful of queries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bfbot.desk import automatic, judging, pairs, people, review, writing
from bfbot.desk.judging_many import findings_of_many
from bfbot.desk.sitting import Bar, Sitting, coming, sitting
from bfbot.domain.finding import Finding, Moment
from bfbot.domain.link import LinkSeen, LinkState
from bfbot.domain.message import MediaUse
from bfbot.domain.person import Role
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState
from bfbot.ledger import links, models, posts, sign_offs
from bfbot.ledger.waiting_posts import waiting_posts
from bfbot.library import current_revision
from bfbot.planning.plan import plan_ahead
from bfbot.rules.approval import TWO
from tests.desk.people_files import QUOTED, with_people
from tests.desk.steps import SOON, TEXT, approved, drafted, in_review, set_state
from tests.workspace import APPROVER, AUTHOR, BRIGHT, COUNTY, NOW, PRACTICE, SECOND, change

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)  # the day of NOW


def seen_by(name: str = APPROVER, **more: object) -> Sitting:
    return sitting(now=NOW, person=people.person(name), **more)  # type: ignore[arg-type]  # the names of its arguments


def numbers(found: Sitting) -> list[int]:
    return [one.number for one in found.choices]


def written(text: str, *, language: str = "", at: datetime = SOON, author: str = AUTHOR, link: str = "") -> Post:
    post = writing.write(
        campaign=BRIGHT,
        accounts=[PRACTICE],
        wording=Wording(text, language=language, link=link),
        at=at,
        actor=author,
        now=NOW,
        window=timedelta(hours=4),
    )
    return review.submit(post.id, actor=author, now=NOW)


def test_seven_days_from_today_by_the_days_they_go_out_on(home: Path) -> None:
    last = in_review("Libraries open early.", at=datetime(2026, 11, 29, 23, 30, tzinfo=NOW.tzinfo))
    after = in_review("Swimming is free.", at=datetime(2026, 11, 30, 0, 0, tzinfo=NOW.tzinfo))
    soon, also = in_review(), in_review("Buses run late.", at=NOW + 2 * DAY)
    drafted("Nobody sent this on.")
    approved("This has its yes already.")
    found = seen_by()
    assert (found.first, found.last) == (MONDAY, date(2026, 11, 29))
    assert numbers(found) == [soon.id, also.id, last.id]
    assert [(day, len(those)) for day, those in found.days] == [
        (MONDAY, 1),
        (date(2026, 11, 25), 1),
        (found.last, 1),
    ]
    assert numbers(seen_by(first=date(2026, 11, 24))) == [also.id, last.id, after.id]
    assert [one.id for one in coming(posts.listing(), current_revision(NOW), NOW)] == [soon.id, also.id, last.id]


def test_the_day_is_the_campaigns_own(home: Path) -> None:
    """Half past midnight in London's summer is still the day before by UTC."""
    change(home, "contact: desk@example.org\n", "contact: desk@example.org\n    timezone: Asia/Tokyo\n")
    post = in_review(at=datetime(2026, 11, 23, 16, 30, tzinfo=NOW.tzinfo))  # 01:30 on the 24th in Tokyo
    assert [(one.number, one.day) for one in seen_by().choices] == [(post.id, date(2026, 11, 24))]


def test_what_is_of_yesterday_and_still_of_use_is_for_today(home: Path) -> None:
    late = in_review(at=NOW - timedelta(hours=12), window=DAY)
    in_review("Its window is over.", at=NOW, window=timedelta(hours=1))
    missed = in_review("Nobody approved it in time.")
    set_state(missed, DeliveryState.MISSED, reason="not_approved")
    found = sitting(now=NOW + timedelta(hours=2), person=people.person(APPROVER))
    assert [(one.number, one.day) for one in found.choices] == [(late.id, MONDAY)]


def test_each_has_its_proofs_its_findings_and_its_seal(home: Path) -> None:
    post = written("About 12 per cent of families wait for longer than they should.")
    [choice] = seen_by().choices
    [half] = choice.halves
    assert half.post == posts.get(post.id)
    assert half.post.deliveries[0].proof is not None
    assert len(half.seal) == 64
    assert [one.level for one in choice.claims] == ["confirm"]
    assert choice.bar is Bar.NONE


def test_the_seal_changes_with_the_words_and_with_the_time(home: Path) -> None:
    post = in_review()
    before = seen_by().choices[0].seals
    review.submit(post.id, actor=AUTHOR, now=NOW)
    assert seen_by().choices[0].seals == before, "sent again as it was"
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=SOON + DAY)
    review.submit(post.id, actor=AUTHOR, now=NOW)
    moved = seen_by().choices[0].seals
    assert posts.get(post.id).signature == post.signature
    assert moved != before
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording(TEXT + " Today."))
    review.submit(post.id, actor=AUTHOR, now=NOW)
    assert seen_by().choices[0].seals != moved


def test_two_languages_are_one_choice(home: Path) -> None:
    english = drafted()
    welsh = writing.write(
        campaign=BRIGHT,
        accounts=[PRACTICE],
        wording=Wording("Mae hybiau teulu ar agor i bawb y gaeaf hwn.", language="cy"),
        at=SOON,
        actor=AUTHOR,
        now=NOW,
    )
    pairs.pair(english.id, welsh.id, actor=AUTHOR, now=NOW)
    for one in (english, welsh):
        review.submit(one.id, actor=AUTHOR, now=NOW)
    other = in_review("Libraries open early.", at=SOON + timedelta(minutes=1))
    found = seen_by()
    assert [[half.post.id for half in one.halves] for one in found.choices] == [[english.id, welsh.id], [other.id]]
    assert set(found.choices[0].seals) == {english.id, welsh.id}
    review.send_back(welsh.id, actor=APPROVER, now=NOW, reason="Nearly.")
    half = seen_by().choices[0]
    assert (half.number, half.bar) == (english.id, Bar.RULE)


def test_who_may_approve_what(home: Path) -> None:
    people.add_user("Vera", Role.VIEWER, actor="tests", now=NOW)
    people.add_user("Dora", Role.APPROVER, actor="tests", now=NOW, campaign=COUNTY)
    theirs, mine = in_review(), in_review("Libraries open early.", author=APPROVER)
    refused = in_review("Child protection enquiries rose {fact:rise} over the decade.", at=SOON + DAY)
    change(home, "as_of: 2026-03-31\n    status: usable", "as_of: 2026-03-31\n    status: blocked")

    def bars(name: str) -> dict[int, Bar]:
        return {one.number: one.bar for one in seen_by(name).choices}

    assert bars(APPROVER) == {theirs.id: Bar.NONE, mine.id: Bar.OWN, refused.id: Bar.RULE}
    assert bars(SECOND) == {theirs.id: Bar.NONE, mine.id: Bar.NONE, refused.id: Bar.RULE}
    assert bars(AUTHOR) == {theirs.id: Bar.OWN, mine.id: Bar.ROLE, refused.id: Bar.OWN}
    assert set(bars("Vera").values()) == {Bar.ROLE}
    assert bars("Dora") == {}, "another campaign's"
    assert {one.number for one in sitting(now=NOW).choices} == {theirs.id, mine.id, refused.id}


def test_an_approvers_edit_is_offered_to_its_author(home: Path) -> None:
    post, other = in_review(), in_review("Libraries open early.", author=APPROVER)
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=Wording(TEXT + " Today."))
    review.submit(post.id, actor=APPROVER, now=NOW)
    assert {one.number: one.bar for one in seen_by(AUTHOR).choices} == {post.id: Bar.NONE, other.id: Bar.ROLE}


def test_one_campaign_alone_and_no_more_than_so_many(home: Path) -> None:
    plan_ahead(NOW)
    every = seen_by()
    county = seen_by(campaign=COUNTY)
    assert {one.posts[0].campaign for one in every.choices} == {BRIGHT, COUNTY}
    assert {one.posts[0].campaign for one in county.choices} == {COUNTY}
    some = seen_by(most=3)
    assert (numbers(some), some.more) == (numbers(every)[:3], len(every.choices) - 3)


def test_what_was_changed_in_the_store_is_told(home: Path) -> None:
    post = in_review()
    row = models.Proof.objects.get(deliveries__post_id=post.id)
    row.content["parts"][0]["text"] = "Buy now!"
    row.save()
    [choice] = seen_by().choices
    assert choice.bar is Bar.RULE
    assert "not what was sent for approval" in choice.halves[0].findings[0].message


def test_the_same_is_said_of_many_as_of_one(home: Path) -> None:
    """Of every sort of thing that a rule has to be told: links, people, quotes, neighbours, seasons."""
    _a_bit_of_everything(home)
    queue = waiting_posts(NOW)
    many = findings_of_many(queue, queue, revision=current_revision(NOW), now=NOW)
    rules = {finding.rule for each in many.values() for finding in each}
    assert len(rules) >= 6, rules
    for post in queue:
        assert list(many[post.id]) == _alone(post), post.text


def _alone(post: Post) -> list[Finding]:
    return [one for one in judging.findings(post.id, Moment.APPROVE, now=NOW) if one.rule != TWO.id]


def _a_bit_of_everything(home: Path) -> None:
    with_people(home)
    change(
        home,
        "{id: practice, platform: rehearsal, campaigns: [bright]",
        "{id: practice, platform: rehearsal, campaigns: [bright, county]",
    )
    (home / "schedules" / "season.yaml").write_text(
        "periods:\n  - {id: local, name: Local elections, from: 2026-11-24 00:00, until: 2026-12-10 22:00,"
        " zone: Europe/London}\n",
        encoding="utf-8",
    )
    written("About 12 per cent of families wait for longer than they should.")
    written(QUOTED)
    written("Read on.", link="https://news.example/gone")
    links.keep(LinkSeen("https://news.example/gone", LinkState.GONE, NOW, 404))
    near = writing.write(
        campaign=COUNTY,
        accounts=[PRACTICE],
        wording=Wording("Village halls open for homework clubs."),
        at=SOON + timedelta(minutes=10),
        actor=AUTHOR,
        now=NOW,
    )
    review.submit(near.id, actor=AUTHOR, now=NOW)
    later = [written("Write to your MP today.", at=SOON + 2 * DAY), written("Halls are warm.", at=SOON + 3 * DAY)]
    sign_offs.add(
        period="local",
        subject=f"post:{later[1].id}",
        digest=later[1].signature,
        signer=APPROVER,
        said="S",
        now=NOW,
    )
    slot = current_revision(NOW).slots["morning"]
    for number, message in enumerate(("turned", "ten-years", "park")):
        automatic.post_from_message(
            message, slot=slot, occurrence_key=None, moment=SOON + number * timedelta(hours=1), now=NOW
        )
    picture = writing.write(
        campaign=BRIGHT,
        accounts=[PRACTICE],
        wording=Wording("A new bridge.", media=(MediaUse("A wooden bridge in a park", file="pictures/park.png"),)),
        at=SOON + timedelta(hours=5),
        actor=AUTHOR,
        now=NOW,
    )
    review.submit(picture.id, actor=AUTHOR, now=NOW)


def test_three_hundred_that_wait_are_quick(home: Path) -> None:
    """One is written by hand and copied: three hundred sent for approval would take their time, and not this."""
    post = in_review()
    row, way = models.Post.objects.get(pk=post.id), models.Delivery.objects.get(post_id=post.id)
    for number in range(1, 300):
        at = SOON + number * timedelta(minutes=25)
        row.pk, row.scheduled_for = None, at
        row.save(force_insert=True)
        way.pk, way.post_id, way.key = None, row.pk, f"key-{number}"
        way.due_at, way.not_before, way.closes_at = at, at, at + timedelta(hours=4)
        way.save(force_insert=True)
    person = people.person(APPROVER)
    sitting(now=NOW, person=person)
    before = process_time()
    with CaptureQueriesContext(connection) as asked:
        found = sitting(now=NOW, person=person)
    took = process_time() - before
    assert (len(found.choices), found.more) == (60, 240)
    assert len(asked) <= 16
    assert took < 1, f"{took:.2f} s of computing"


@pytest.mark.parametrize("count", [3, 12])
def test_more_posts_are_not_more_queries(home: Path, count: int) -> None:
    for number in range(count):
        in_review(f"Hall number {number} is warm and open to all.", at=SOON + number * timedelta(hours=3))
    person = people.person(APPROVER)
    with CaptureQueriesContext(connection) as asked:
        assert len(sitting(now=NOW, person=person).choices) == count
    assert len(asked) <= 16, [one["sql"][:80] for one in asked]
