"""An approver's word is for the claims that they were shown: one that arose meanwhile is refused, as new."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.desk import judging, review
from bfbot.desk.binding import seal_of
from bfbot.desk.claims import NEW, claim_id, claims_of, is_new
from bfbot.desk.judging import Refused
from bfbot.desk.sitting import sitting
from bfbot.desk.together import approve_together
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.link import LinkSeen, LinkState
from bfbot.domain.post import Post
from bfbot.domain.states import PostState
from bfbot.ledger import audit, links, posts
from tests.desk.steps import in_review
from tests.workspace import APPROVER, NOW

pytestmark = pytest.mark.django_db
CLAIM = "About 12 per cent of families wait for longer than they should."
WORD = "The council’s survey, table 4"


def shown_to_them(post: Post) -> tuple[str, ...]:
    return claims_of(judging.findings(post.id, Moment.APPROVE, now=NOW))


def new_clash(home: Path) -> None:
    """Another campaign takes the day."""
    line = "{id: other, name: Their week, campaigns: [bright], from: 2026-11-23, until: 2026-11-29}"
    (home / "schedules" / "clashes.yaml").write_text(f"clashes:\n  - {line}\n", encoding="utf-8")


def approve(post: Post, claims: tuple[str, ...] | None, word: str = WORD) -> Post:
    return review.approve(
        post.id,
        actor=APPROVER,
        now=NOW,
        confirmed=word,
        seen={post.id: seal_of(posts.get(post.id))},
        confirmed_for=None if claims is None else {post.id: claims},
    )


def test_a_word_settles_what_it_was_given_for_and_the_record_says_what(home: Path) -> None:
    post = in_review(CLAIM)
    claims = shown_to_them(post)
    assert len(claims) == 1
    assert approve(post, claims).state is PostState.APPROVED
    entry = audit.entries(f"post:{post.id}")[0]
    assert (entry.action, entry.detail["confirmed"]) == ("approved", WORD)
    assert "12 per cent" in entry.detail["claims"][0]


@pytest.mark.parametrize("word", [WORD, ""])
def test_what_arose_meanwhile_is_not_settled_and_told_as_new(home: Path, word: str) -> None:
    post = in_review(CLAIM if word else "Family hubs are open.")
    claims = shown_to_them(post)
    new_clash(home)
    with pytest.raises(Refused) as refused:
        approve(post, claims, word)
    [new] = refused.value.findings
    assert is_new(new)
    assert new.message.startswith(f"{NEW}23 November 2026 belongs to Their week")
    assert posts.get(post.id).state is PostState.IN_REVIEW
    assert "Their week" in posts.get(post.id).note
    assert approve(post, shown_to_them(post)).state is PostState.APPROVED, "looked at again"


def test_without_what_was_shown_a_word_is_for_what_the_rules_say_now(home: Path) -> None:
    post = in_review(CLAIM)
    new_clash(home)
    assert approve(post, None).state is PostState.APPROVED
    assert len(audit.entries(f"post:{post.id}")[0].detail["claims"]) == 2


def test_a_claim_that_was_shown_takes_a_word_all_the_same(home: Path) -> None:
    post = in_review(CLAIM)
    with pytest.raises(Refused) as refused:
        approve(post, shown_to_them(post), " ")
    assert not is_new(refused.value.findings[0])


def test_a_claim_that_went_away_or_was_never_one_does_no_harm(home: Path) -> None:
    post = in_review(CLAIM)
    assert approve(post, (*shown_to_them(post), "0" * 12)).state is PostState.APPROVED


def test_a_link_looked_at_again_is_no_new_claim(home: Path) -> None:
    """The message tells when bfbot looked; the claim is that there is no page."""
    address = "https://www.example.org/soon"
    post = in_review(f"A page is coming: {address}")
    links.keep(LinkSeen(address, LinkState.GONE, NOW, 404))
    claims = shown_to_them(post)
    links.keep(LinkSeen(address, LinkState.GONE, NOW + timedelta(minutes=30), 404))
    assert shown_to_them(post) == claims != ()
    assert approve(post, claims).state is PostState.APPROVED
    other = in_review(f"Another page is coming: {address}")
    claims = shown_to_them(other)
    links.keep(LinkSeen(address, LinkState.CLOSED, NOW + timedelta(minutes=40), 403))
    with pytest.raises(Refused, match="New since you looked"):
        approve(other, claims)


def test_in_a_sitting_it_is_refused_alone(home: Path) -> None:
    """The one on the day that another campaign took meanwhile; the word for it was for something else."""
    today, later = in_review(CLAIM), in_review("About 13 per cent wait longer.", at=NOW + timedelta(days=5))
    found = sitting(now=NOW)
    chosen = {number: seal for one in found.choices for number, seal in one.seals.items()}
    claims = {number: names for one in found.choices for number, names in one.shown_claims.items()}
    line = "{id: other, name: Their day, campaigns: [bright], from: 2026-11-23, until: 2026-11-23}"
    (home / "schedules" / "clashes.yaml").write_text(f"clashes:\n  - {line}\n", encoding="utf-8")
    words = dict.fromkeys(chosen, WORD)
    answers = {
        one.post_id: one
        for one in approve_together(chosen, actor=APPROVER, now=NOW, confirmed=words, confirmed_for=claims)
    }
    assert (answers[today.id].approved, answers[later.id].approved) == (False, True)
    assert [is_new(one) for one in answers[today.id].findings] == [True]
    assert NEW in answers[today.id].why


def test_what_names_a_claim_is_its_rule_its_account_and_what_it_says() -> None:
    one = Finding("figure-sourced", Level.CONFIRM, "“12 per cent” is a figure.", "Say.")
    same = Finding("figure-sourced", Level.CONFIRM, "“12 per cent” is a figure.", "Say it.", source="The code")
    others = [
        Finding("figure-sourced", Level.CONFIRM, "“13 per cent” is a figure.", "Say."),
        Finding("other", Level.CONFIRM, "“12 per cent” is a figure.", "Say."),
        Finding("figure-sourced", Level.CONFIRM, "“12 per cent” is a figure.", "Say.", account="practice"),
    ]
    assert claim_id(one) == claim_id(same)
    assert len({claim_id(each) for each in (one, *others)}) == 4
    assert claims_of([one, same, Finding("x", Level.WARN, "Long.", "Shorten.")]) == (claim_id(one),)
