"""A clip that is not there yet: nobody waits for it, nothing is lost, and what was approved stays what it was."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bfbot import http
from bfbot.desk import clips_ahead, review, standing
from bfbot.desk.judging import preview
from bfbot.domain.post import Wording
from bfbot.domain.schedule import Account
from bfbot.domain.states import PostState
from bfbot.ledger import models, posts
from bfbot.media import blobs, clip_preparing, clip_work, clips
from bfbot.media.clip_preparing import BeingPrepared
from bfbot.planning import plan
from bfbot.platforms.base import Sending
from bfbot.platforms.registry import platform_for
from tests.contract.networks import settings_for
from tests.desk.clip_steps import NETWORKS, TALK, at_send, submitted, with_a_clip, written
from tests.desk.steps import SOON
from tests.media.films import film
from tests.simulators.mastodon import TOKEN, MastodonSimulator
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db
COMMAND = clip_work._COMMAND
ANOTHER = count()
"""Each test has a clip that no test before it has had prepared: the store of the tests' workspace keeps them."""


@pytest.fixture
def files(home: Path) -> Path:
    return with_a_clip(home)


@pytest.fixture
def slow(files: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The clip of the library is one that is not there yet: its child goes on when this file is there."""
    flag = files / "var" / "go on"
    flag.unlink(missing_ok=True)
    change(files, NETWORKS, "")
    change(files, '{file: pictures/park.png, alt: "Children run over a new wooden bridge"}', "{picture: talk}")
    (files / "messages" / "clips" / "talk.mp4").write_bytes(film(size=(38, 30 + 2 * next(ANOTHER))))
    code = f"import os, time\nwhile not os.path.exists({str(flag)!r}): time.sleep(0.02)"
    monkeypatch.setattr(clip_work, "_COMMAND", (sys.executable, "-I", "-c", code))
    monkeypatch.setattr(clips_ahead, "PATIENCE", 0.1)
    yield flag
    flag.touch()
    clip_preparing.finish()
    monkeypatch.undo()
    clips._refused.clear()


def test_nobody_waits_for_a_clip_that_is_being_prepared(slow: Path) -> None:
    """Not who submits, signs or looks; and not the planner, which fills what comes next without it."""
    began = time.monotonic()
    draft = written()
    before = list(models.AuditEntry.objects.values_list("number"))
    with pytest.raises(BeingPrepared, match=r"talk\.mp4 is being prepared"):
        review.submit(draft.id, actor=AUTHOR, now=NOW)
    assert (posts.get(draft.id).state, posts.get(draft.id).note) == (PostState.DRAFT, "")
    assert list(models.AuditEntry.objects.values_list("number")) == before  # nothing has happened
    with pytest.raises(BeingPrepared):
        preview(campaign=BRIGHT, accounts=[PRACTICE], wording=Wording("One.", media=(TALK,)), at=SOON, now=NOW)
    with pytest.raises(BeingPrepared):
        standing.sign_message("park", actor=APPROVER, now=NOW, until=NOW.date() + timedelta(days=9))
    clips_ahead.prepare_library(NOW)
    assert plan.plan_ahead(NOW) == 0  # the next posting time is nine hours away, and may wait for the clip
    assert plan.plan_ahead(NOW + timedelta(hours=7)) == 1
    (planned,) = [one for one in posts.listing() if one.message]
    assert planned.message != "park"
    assert time.monotonic() - began < 5
    slow.touch()
    clip_preparing.finish()
    assert plan.plan_ahead(NOW + timedelta(hours=7)) > 10  # all that waited for it


def test_a_posting_time_that_only_the_clip_could_fill_is_looked_at_again(
    slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "_tried", {})
    monkeypatch.setattr(plan, "_fill", lambda *_: False)
    plan.plan_ahead(NOW + timedelta(hours=7))
    assert plan._tried == {}
    slow.touch()
    clip_preparing.finish()
    plan.plan_ahead(NOW + timedelta(hours=7))
    assert plan._tried


def test_a_post_goes_back_to_a_person_when_its_clip_is_there(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its evergreen post has changed: it is held at send at once, and written out anew as soon as that can be."""
    talk = slow.parents[1] / "messages" / "clips" / "talk.mp4"
    waits, other = clip_work._COMMAND, talk.read_bytes()
    monkeypatch.setattr(clips_ahead, "PATIENCE", 20.0)
    monkeypatch.setattr(clip_work, "_COMMAND", COMMAND)
    talk.write_bytes(film())
    standing.sign_message("park", actor=APPROVER, now=NOW, until=NOW.date() + timedelta(days=30))
    plan.plan_ahead(NOW)
    post = next(one for one in posts.listing() if one.message == "park")
    assert post.state is PostState.APPROVED
    monkeypatch.setattr(clip_work, "_COMMAND", waits)
    talk.write_bytes(other)
    plan.plan_ahead(NOW)
    assert posts.get(post.id).state is PostState.APPROVED
    assert at_send(post) == {"approval"}  # and it does not go out
    slow.touch()
    clip_preparing.finish()
    clips._refused.clear()
    monkeypatch.setattr(clip_work, "_COMMAND", COMMAND)
    assert clips_ahead.clips_to_come([TALK])
    clip_preparing.finish()
    plan.plan_ahead(NOW)
    back = posts.get(post.id)
    assert back.state is PostState.IN_REVIEW
    assert back.deliveries[0].proof is not None
    assert back.signature != post.signature


def test_what_was_approved_before_clips_were_encoded_goes_out_as_approved(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form counts up: what is written from now on has it made anew, and what is signed keeps its bytes."""
    path, copied = files / "messages" / "clips" / "talk.mp4", film(size=(60, 44))
    path.write_bytes(copied)
    monkeypatch.setattr(clips, "_FORM", "bfbot clip 1")
    clips._source.cache_clear()
    anew = clips.store(path)
    old = blobs.keep(copied)  # as it was copied then
    note = clips._note(files / "var" / "media", clips._source(path, *_seen(path)))
    note.write_text(json.dumps({**asdict(anew), "digest": old, "size": len(copied)}))
    post = submitted()
    review.approve(post.id, actor=APPROVER, now=NOW)
    monkeypatch.undo()
    clips._source.cache_clear()
    assert clips.remembered(path) is None
    later = submitted(text="Come to the new hub.")
    [(was,), (is_now,)] = [
        [one.digest for one in posts.get(each.id).deliveries[0].proof.parts[0].media] for each in (post, later)
    ]
    assert (was, is_now) == (old, anew.digest)
    assert was != is_now
    (one,) = posts.get(post.id).deliveries
    assert (posts.get(post.id).state, at_send(post)) == (PostState.APPROVED, set())
    assert blobs.read(was) == copied
    with MastodonSimulator() as server:
        session = http.session((2.0, 5.0), settings_for(server.base_url.removeprefix("http://")))
        account = Account(id="town", platform="mastodon", campaigns=(BRIGHT,), base_url=server.base_url)
        town = platform_for(account, secrets={"access_token": TOKEN}, media=blobs.read, session=session)
        town.publish(Sending(one.proof, 0, one.key, None, NOW))
        [got] = server.live[0]["media"]
    assert got["content"] == copied


def _seen(path: Path) -> tuple[int, int, int, int]:
    with path.open("rb") as file:
        return clips._seen(file)
