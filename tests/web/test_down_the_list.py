"""Several posts approved in one sitting: each in full with its own button, and on with the next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from bfbot.desk import review, writing
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import PostState
from bfbot.ledger import posts
from tests.web.conftest import SignIn

TEXTS = (
    "Foster carers open their doors at short notice, day and night.",
    "Youth workers hear first what a young person will not say at home.",
    "{fact:waits} of families waited longer.",
)


@pytest.fixture
def several(team: object) -> list[Post]:
    now = datetime.now(UTC)
    made = [
        writing.write(
            campaign="futures",
            accounts=["practice"],
            wording=Wording(text=text),
            at=now + timedelta(days=1, hours=place),
            actor="author",
            now=now,
        )
        for place, text in enumerate(TEXTS)
    ]
    return [review.submit(one.id, actor="author", now=now) for one in made]


def test_each_is_shown_in_full_with_its_own_button(several: list[Post], signed_in: SignIn) -> None:
    html = signed_in("approver").get(reverse("queue")).content.decode()
    for one in several:
        assert reverse("post-approve", args=[one.id]) in html
    assert TEXTS[0] in html
    assert "more than 42 per cent" in html
    assert html.count('name="confirmed"') == 1


def test_approving_leads_to_the_next(several: list[Post], signed_in: SignIn) -> None:
    client = signed_in("approver")
    first, second = several[0].id, several[1].id
    answer = client.post(
        reverse("post-approve", args=[first]), {"from": "waiting", "page": "1", "then": str(second)}
    )
    assert answer["Location"] == f"{reverse('queue')}?show=waiting&page=1#post-{second}"
    assert posts.get(first).state is PostState.APPROVED
    assert posts.get(second).state is PostState.IN_REVIEW
    html = client.get(reverse("queue")).content.decode()
    assert f'id="post-{second}"' in html
    assert f'id="post-{first}"' not in html


@pytest.mark.parametrize("then", ["//evil.example", "1#x", "²", "9" * 40, ""])
def test_a_forged_way_back_leads_nowhere_else(several: list[Post], signed_in: SignIn, then: str) -> None:
    answer = signed_in("approver").post(
        reverse("post-approve", args=[several[0].id]), {"from": "waiting", "page": then, "then": then}
    )
    assert answer["Location"].startswith(f"{reverse('queue')}?show=waiting&page=")
    assert "evil" not in answer["Location"]


def test_the_author_of_a_post_gets_no_button(several: list[Post], signed_in: SignIn) -> None:
    html = signed_in("author").get(reverse("queue")).content.decode()
    assert reverse("post-approve", args=[several[0].id]) not in html


def test_empty_posting_times_are_told(several: list[Post], signed_in: SignIn, workspace: Path) -> None:
    (workspace / "schedules" / "slots.yaml").write_text(
        'slots: [{id: daily, campaign: futures, days: daily, at: "09:30", kinds: [video], '
        "accounts: [practice], window: 2 h}]\n"
    )
    for address in (reverse("queue"), reverse("today")):
        html = signed_in("viewer").get(address).content.decode()
        assert "Posting times still empty" in html
        assert "video" in html
