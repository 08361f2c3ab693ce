"""The statistics page: what is live with an old figure is corrected, what came back and what is due is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from bfbot.desk import corrections, review, writing
from bfbot.domain.post import Origin, Wording
from bfbot.domain.states import DeliveryState
from bfbot.ledger import models, posts
from tests.web.conftest import SignIn

TEXT = "Of families, {fact:waits} wait."


def _edit(workspace: Path, old: str, new: str) -> None:
    path = next(one for one in (workspace / "messages").glob("*.yaml") if old in one.read_text())
    path.write_text(path.read_text().replace(old, new, 1))


def _post(*, live: bool) -> int:
    now = datetime.now(UTC)
    post = writing.write(
        campaign="futures",
        accounts=["practice"],
        wording=Wording(TEXT),
        at=now + timedelta(hours=1),
        actor="author",
        now=now,
    )
    review.submit(post.id, actor="author", now=now)
    review.approve(post.id, actor="approver", now=now, confirmed="It is the latest there is.")
    if live:
        models.Delivery.objects.filter(post_id=post.id).update(state=DeliveryState.PUBLISHED, published_at=now)
        posts.close_settled(now)
    return post.id


@pytest.mark.usefixtures("team")
def test_with_nothing_to_do_it_says_so(signed_in: SignIn) -> None:
    html = signed_in("viewer").get(reverse("statistics")).content.decode()
    assert "Nothing that is live carries an old figure." in html
    assert "See the statistics" not in signed_in("viewer").get(reverse("today")).content.decode()


@pytest.mark.usefixtures("team")
def test_a_changed_figure_comes_back_and_its_live_post_is_corrected(signed_in: SignIn, workspace: Path) -> None:
    live, waiting = _post(live=True), _post(live=False)
    _edit(workspace, "value: 42", "value: 43")
    done = corrections.recheck_all(datetime.now(UTC))
    assert (done.back, done.live) == ((waiting,), 1)

    client = signed_in("author")
    today = client.get(reverse("today")).content.decode()
    assert "1 live post carries an old figure." in today
    assert "1 waiting post came back" in today
    html = client.get(reverse("statistics")).content.decode()
    assert "Drafted correction" in html
    assert "42 per cent" in html
    client.post(reverse("statistics-correct", args=[live, "waits"]))
    (made,) = [one for one in posts.open_posts() if one.origin is Origin.CORRECTION]
    assert made.author == "author"
    assert f"The correction: post {made.id}" in client.get(reverse("statistics")).content.decode()
    assert "carries an old figure" not in client.get(reverse("today")).content.decode()
    assert "Make this a draft" not in signed_in("viewer").get(reverse("statistics")).content.decode()


@pytest.mark.usefixtures("team")
def test_whoever_writes_finds_every_statistic_with_what_to_type(signed_in: SignIn, workspace: Path) -> None:
    client = signed_in("author")
    html = client.get(reverse("statistics")).content.decode()
    usable, refused = (html.index(f"{{fact:{one}}}") for one in ("waits", "gap"))
    assert usable < refused, "what may be used stands first"
    assert "42 per cent" in html[usable - 400 : refused]
    assert "https://council.example/report" in html[refused:]
    assert "It expired on 31 December 2020." in html[refused:]
    assert "Needs a word from an approver" in html[:usable]
    assert "It is for a period that ended on 31 December 2018, more than two years ago." in html[usable:refused]
    _edit(workspace, "period_ends: 2018-12-31", f"period_ends: {datetime.now(UTC):%Y}-01-01")
    assert "Needs a word from an approver" not in client.get(reverse("statistics")).content.decode()
    assert reverse("statistics") in client.get(reverse("write-new", args=["futures"])).content.decode()


@pytest.mark.usefixtures("team")
def test_reviews_that_are_due_are_there(signed_in: SignIn, workspace: Path) -> None:
    _edit(workspace, "value: 42", "review_by: 2020-03-31\n    value: 42")
    html = signed_in("viewer").get(reverse("statistics")).content.decode()
    assert "by 31 March 2020" in html
    assert "due for review." in signed_in("viewer").get(reverse("today")).content.decode()
