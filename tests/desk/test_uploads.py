"""An upload from its form to its network: refused without rights, approved with a word on them, brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bfbot.desk import review, where_used, writing
from bfbot.desk.judging import Refused, check_at_send
from bfbot.desk.rights_over import WHY, recheck_rights
from bfbot.domain.finding import Moment
from bfbot.domain.localtime import local
from bfbot.domain.picture import People
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import models, posts
from bfbot.media import blobs
from bfbot.rules.verdict import stopping
from tests.desk.people_files import CONSENT, with_people, withdrawn
from tests.desk.steps import SOON, TEXT, set_state
from tests.uploads import OURS, uploaded
from tests.web.pictures import png
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE

pytestmark = pytest.mark.django_db
LOOKED = f"I looked at {CONSENT}."


def at_send(post: Post) -> set[str]:
    (one,) = posts.get(post.id).deliveries
    return {finding.rule for finding in stopping(check_at_send(one, SOON), Moment.SEND, LOOKED)}


def of_an_upload(**rights: Any) -> Post:
    """In review, with a picture of no library."""
    stored = blobs.store(png(colour="crimson"))
    wording = Wording(TEXT, media=(uploaded("A crimson field", stored.digest, **rights),))
    made = writing.write(campaign=BRIGHT, accounts=[PRACTICE], wording=wording, at=SOON, actor=AUTHOR, now=NOW)
    return review.submit(made.id, actor=AUTHOR, now=NOW)


def test_an_upload_is_approved_with_its_rights_and_a_word_on_them(home: Path) -> None:
    post = of_an_upload()
    assert posts.get(post.id).wording == post.wording
    with pytest.raises(Refused, match="licence: Our own work; owner: The council; may be used without end"):
        review.approve(post.id, actor=APPROVER, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed="I asked our photographer.")
    assert at_send(post) == set()
    assert recheck_rights(NOW) == ()


def test_an_upload_approved_before_its_rights_were_asked_comes_back(home: Path) -> None:
    """Its row is from then: no rights in it."""
    post = of_an_upload()
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed="I asked our photographer.")
    row = models.Post.objects.get(pk=post.id)
    del row.media[0]["rights"]
    row.save()
    assert at_send(post) == {"picture-rights"}
    assert recheck_rights(NOW) == (post.id,)
    back = posts.get(post.id)
    assert (back.state, back.note.startswith(WHY + "Nobody wrote down whose")) == (PostState.IN_REVIEW, True)
    assert recheck_rights(NOW) == ()


def test_rights_of_an_upload_that_end_before_it_is_out_refuse_it(home: Path) -> None:
    last = local(SOON, "Europe/London").date()
    post = of_an_upload(expires=last)
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed="Bought for this week.")
    assert at_send(post) == set()
    with pytest.raises(Refused, match="The rights in the picture “A crimson field” ended"):
        of_an_upload(expires=last - timedelta(days=1))
    writing.rewrite(post.id, at=SOON + timedelta(days=1), actor=AUTHOR, now=NOW)
    with pytest.raises(Refused, match="Renew them with The council"):
        review.submit(post.id, actor=AUTHOR, now=NOW)
    kept = posts.get(post.id).wording
    longer = replace(kept.media[0], rights=replace(OURS, expires=last + timedelta(days=9)))
    writing.rewrite(post.id, wording=replace(kept, media=(longer,)), actor=AUTHOR, now=NOW)
    assert review.submit(post.id, actor=AUTHOR, now=NOW).state is PostState.IN_REVIEW


def test_a_word_about_the_rights_that_is_changed_voids_the_approval(home: Path) -> None:
    post = of_an_upload()
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed="I asked our photographer.")
    bought = replace(post.wording, media=(replace(post.wording.media[0], rights=replace(OURS, licence="Bought")),))
    assert writing.rewrite(post.id, wording=bought, actor=AUTHOR, now=NOW).state is PostState.DRAFT


def test_a_consent_taken_back_finds_the_upload_that_names_it(home: Path) -> None:
    files = with_people(home)
    live = of_an_upload(people=People.CHILDREN, consent=CONSENT)
    waits = of_an_upload(people=People.CHILDREN, consent=CONSENT)
    for one in (live, waits):
        review.approve(one.id, actor=APPROVER, now=NOW, confirmed=LOOKED)
    set_state(live, DeliveryState.PUBLISHED)
    withdrawn(files)
    assert at_send(waits) == {"consent"}
    used = where_used.consents_used(NOW)[CONSENT]
    assert [one.id for one in used.waiting] == [waits.id]
    assert [(post.id, one.account) for post, one in used.live] == [(live.id, PRACTICE)]
    assert recheck_rights(NOW) == (waits.id,)
