"""The page of a post that may be live: what was tried, what the network lists, and what a person says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from types import MappingProxyType
from typing import Any

import pytest
from django.urls import reverse

from bfbot.desk import review, writing
from bfbot.domain.limits import Limits
from bfbot.domain.post import Delivery, Post, Wording
from bfbot.domain.proof import Proof
from bfbot.domain.sending import Action, Outcome
from bfbot.domain.states import SOUGHT, UNTRACED, DeliveryState
from bfbot.ledger import deliveries, models, posts, practice
from bfbot.ledger.claims import keep_part
from bfbot.platforms import registry
from bfbot.platforms.base import Draft, Receipt, Sending, Setup
from bfbot.platforms.rehearsal import LIMITS
from bfbot.platforms.rendering import proof_of
from tests.web.conftest import SignIn

TRIED = datetime(2025, 7, 14, 10, 30, 5, tzinfo=UTC)
"""Half past eleven on the campaign's clock."""


class Noticeboard:
    """A network with neither key nor list."""

    name, label = "rehearsal", "Noticeboard"
    limits: Limits = replace(LIMITS, practice=False)

    def __init__(self, setup: Setup) -> None:
        self.setup = setup

    def length(self, text: str) -> int:
        return len(text)

    def render(self, draft: Draft) -> Proof:
        return proof_of(draft, self.name, self.length)

    def publish(self, sending: Sending) -> Receipt:
        raise AssertionError("nothing is sent from a page")


@pytest.fixture
def noticeboard(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = replace(registry.spec_of("rehearsal"), label="Noticeboard", adapter=f"{__name__}:Noticeboard")
    monkeypatch.setattr(registry, "PLATFORMS", MappingProxyType({**registry.PLATFORMS, "rehearsal": spec}))


def doubtful(post: Post, part: int = 0, outcome: Outcome = Outcome.UNKNOWN) -> Delivery:
    (delivery,) = post.deliveries
    for before in range(part):
        keep_part(delivery.id, before, str(before + 1), f"/practice/{before + 1}", TRIED)
    _on_record(delivery, part, Action.PUBLISH, outcome, TRIED, "The line <went> dead.")
    models.Delivery.objects.update(state=DeliveryState.UNKNOWN, attempts=1)
    return deliveries.get(delivery.id)


def _on_record(
    delivery: Delivery, part: int, action: Action, outcome: Outcome, at: datetime, detail: str = ""
) -> None:
    models.Attempt.objects.create(
        delivery_id=delivery.id,
        part=part,
        started_at=at,
        worker="w",
        action=action,
        outcome=outcome,
        detail=detail,
    )


@pytest.fixture
def thread(team: object) -> Post:
    now = datetime.now(UTC)
    text = "A door stays open.\n---\nBehind it is a room.\n---\nCome in."
    post = writing.write(
        campaign="futures",
        accounts=["practice"],
        wording=Wording(text=text),
        at=now + timedelta(hours=1),
        actor="author",
        now=now,
    )
    review.submit(post.id, actor="author", now=now)
    return review.approve(post.id, actor="approver", now=now)


def page(client: Any, post: Post) -> str:
    return words(client.get(reverse("post", args=[post.id])))


def words(answer: Any) -> str:
    """As it is read, without the tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def say(client: Any, about: Delivery, said: str, **form: str) -> Any:
    address = reverse("post-settle", args=[about.post_id, about.id])
    return client.post(address, {"say": said, "part": "1", **form})


def test_everything_that_was_tried_is_told_on_the_campaign_s_clock(approved: Post, signed_in: SignIn) -> None:
    delivery = doubtful(approved)
    _on_record(delivery, 0, Action.FIND, Outcome.UNREADABLE, TRIED + timedelta(seconds=1), "503")
    for minute in (2, 4):
        _on_record(delivery, 0, Action.FIND, Outcome.ABSENT, TRIED + timedelta(minutes=minute))
    html = page(signed_in("viewer"), approved)
    assert "Is it live on " in html
    assert "Mon 14 Jul 2025, 11:30:05 sent; no answer that tells what came of it: The line <went> dead." in html
    assert "11:30:06 looked: the list could not be read: 503" in html
    assert "11:32:05 looked: it is not in the account’s list (2 times, last Mon 14 Jul 2025, 11:34:05 )" in html
    assert "bfbot looks again by itself" in html
    assert "An approver says what became of it." in html
    assert "It is not live" not in html


def test_a_look_shows_the_account_s_own_list_and_a_press_settles_it(approved: Post, signed_in: SignIn) -> None:
    delivery = doubtful(approved)
    seen = practice.add_practice_post(
        account="practice", key="k", text="A <b>neighbour</b>", media=[], reply_to="", at=TRIED
    )
    practice.add_practice_post(
        account="practice", key="old", text="Long ago", media=[], reply_to="", at=TRIED - timedelta(days=9)
    )
    client = signed_in("approver")
    answer = client.post(reverse("post-look", args=[approved.id, delivery.id]))
    html, shown = answer.content.decode(), words(answer)
    assert "It is not in the account’s own list." in shown
    assert f"11:30:05 See it : {seen.pk} A <b>neighbour</b> This is it" in shown
    assert "&lt;b&gt;neighbour" in html
    assert "Long ago" not in html
    assert f'name="link" value="/practice/{seen.pk}"' in html
    assert deliveries.get(delivery.id).state is DeliveryState.UNKNOWN
    assert "looked: it is not in the account’s list" in shown, "the look itself is on record"
    answer = say(client, delivery, "live", link=f"/practice/{seen.pk}")
    assert answer["Location"] == reverse("post", args=[approved.id])
    done = deliveries.get(delivery.id)
    assert (done.state, done.remote_id) == (DeliveryState.PUBLISHED, str(seen.pk))
    assert "approver said what became of it" in page(client, approved)


def test_a_look_that_finds_it_needs_nobody_s_word(approved: Post, signed_in: SignIn) -> None:
    delivery = doubtful(approved)
    practice.add_practice_post(
        account="practice", key=delivery.key, text=approved.text, media=[], reply_to="", at=TRIED
    )
    answer = signed_in("approver").post(reverse("post-look", args=[approved.id, delivery.id]))
    assert answer.status_code == 200
    assert deliveries.get(delivery.id).state is DeliveryState.PUBLISHED
    assert "What do you see" not in words(answer)


def test_a_network_that_lists_nothing_waits_for_a_person_and_says_so(
    approved: Post, signed_in: SignIn, noticeboard: None
) -> None:
    delivery = doubtful(approved)
    client = signed_in("approver")
    html = page(client, approved)
    assert (
        "This network lists nothing: look there yourself. It waits for you, and nothing is sent meanwhile." in html
    )
    assert "What Noticeboard lists This network lists nothing: look there yourself." in html
    assert "Look again now" not in html
    assert "It is live" in html
    assert say(client, delivery, "live", link="https://anywhere.example/4711").status_code == 302
    assert deliveries.get(delivery.id).remote_id == "4711"


def test_a_link_of_another_network_is_refused_and_kept_in_its_field(approved: Post, signed_in: SignIn) -> None:
    delivery = doubtful(approved)
    client = signed_in("approver")
    answer = say(client, delivery, "live", link="https://x.com/desk/status/1", delivery=str(delivery.id))
    assert answer.status_code == 400
    assert "is not the address of a post that practice made on Practice channel." in words(answer)
    assert 'value="https://x.com/desk/status/1"' in answer.content.decode()
    assert say(client, delivery, "live", link="nothing").status_code == 400


def test_not_live_goes_out_again_and_the_page_says_so_before(approved: Post, signed_in: SignIn) -> None:
    delivery = doubtful(approved)
    client = signed_in("approver")
    assert "Then it goes out again at once, as it was approved: its time is not over." in page(client, approved)
    assert say(client, delivery, "not-live").status_code == 302
    assert deliveries.get(delivery.id).state is DeliveryState.DUE


def test_not_live_after_its_time_counts_as_not_sent(approved: Post, signed_in: SignIn) -> None:
    delivery = doubtful(approved)
    models.Delivery.objects.update(closes_at=TRIED)
    client = signed_in("approver")
    assert "Its time is over: it then counts as not sent" in page(client, approved)
    say(client, delivery, "not-live")
    assert "Not sent: too late" in page(client, approved)


def test_giving_up_asks_for_nobody_any_more_and_can_be_mended(approved: Post, signed_in: SignIn) -> None:
    delivery = doubtful(approved)
    client = signed_in("approver")
    assert say(client, delivery, "give-up", reason="The account is closed").status_code == 302
    assert posts.get(approved.id).deliveries[0].given_up
    html = page(client, approved)
    assert "Given up: may be live" in html
    assert "Given up: it may be live, and nothing more is sent. The account is closed" in html
    assert "approver gave up finding out whether it is live" in html
    headed = f"Post {approved.id} Given up: may be live Exactly what was to go out"
    assert headed in html, "not done, and not known to have gone out"
    assert "Try again" not in html
    assert "Give up finding out" not in html
    needs = words(client.get(reverse("today-part", args=["needs"])))
    assert "Needs you" in needs
    assert "may be live" not in needs
    assert say(client, delivery, "live", link="/practice/3").status_code == 302
    assert deliveries.get(delivery.id).state is DeliveryState.PUBLISHED


def test_a_thread_names_each_part_and_asks_for_the_one_in_doubt(thread: Post, signed_in: SignIn) -> None:
    delivery = doubtful(thread, 1)
    client = signed_in("approver")
    html = page(client, thread)
    assert "Out Part 1 of 3 See it" in html
    assert "Check: may be live Part 2 of 3" in html
    assert "Not sent Part 3 of 3 Come in." in html
    assert "What do you see of part 2? Behind it is a room." in html
    assert "These parts stay live: Part 1: /practice/1" in html
    assert "11:30:05 Part 2 sent; no answer" in html
    stale = say(client, delivery, "live", link="/practice/8", part="1")
    assert stale.status_code == 422
    assert "Part 1 is not the one to settle now." in words(stale)
    say(client, delivery, "live", link="/practice/9", part="2")
    rest = deliveries.get(delivery.id)
    assert (rest.state, [one.remote_id for one in rest.parts]) == (DeliveryState.DUE, ["1", "9"])


@pytest.mark.parametrize("form", [{}, {"say": "perhaps"}, {"part": "two"}, {"part": ""}, {"part": "-1"}])
def test_a_form_that_says_nothing_changes_nothing(approved: Post, signed_in: SignIn, form: dict[str, str]) -> None:
    delivery = doubtful(approved)
    address = reverse("post-settle", args=[approved.id, delivery.id])
    sent = {"say": "not-live", "part": "1", **form} if form else {}
    assert signed_in("approver").post(address, sent).status_code == 400
    assert deliveries.get(delivery.id).state is DeliveryState.UNKNOWN


def test_another_post_s_part_is_not_there(approved: Post, signed_in: SignIn) -> None:
    client, no_such = signed_in("approver"), approved.deliveries[0].id + 1
    for name in ("post-settle", "post-look"):
        answer = client.post(reverse(name, args=[approved.id, no_such]), {"say": "not-live", "part": "1"})
        assert answer.status_code == 404


def test_there_is_nothing_to_look_for_where_nothing_is_in_doubt(approved: Post, signed_in: SignIn) -> None:
    answer = signed_in("approver").post(reverse("post-look", args=[approved.id, approved.deliveries[0].id]))
    assert answer.status_code == 422
    assert "there is nothing to look for" in words(answer)


@pytest.mark.parametrize(("reason", "word"), [(SOUGHT, "Being looked for"), (UNTRACED, "Check: may be live")])
def test_a_planned_post_that_a_restore_put_in_doubt_is_looked_for_before_anybody_is_asked(
    approved: Post, signed_in: SignIn, reason: str, word: str
) -> None:
    """It is approved for later: a person may still say at once that it is not out, and it waits for its time."""
    delivery = doubtful(approved, outcome=Outcome.INTERRUPTED)
    models.Delivery.objects.update(reason=reason, attempts=0)
    client = signed_in("approver")
    html = page(client, approved)
    assert word in html
    assert "it may have gone out early since that was made" in html
    assert "Then it waits for its own time again, as it was approved." in html
    today = words(client.get(reverse("today-part", args=["needs"])))
    assert (approved.wording.text in today) is (reason == UNTRACED), "nobody is asked while bfbot looks"
    stuck = words(client.get(reverse("queue"), {"show": "stuck"}))
    assert (approved.wording.text in stuck) is (reason == UNTRACED)
    assert say(client, delivery, "not-live").status_code == 302
    again = deliveries.get(delivery.id)
    assert (again.state, again.reason) == (DeliveryState.PLANNED, "")
