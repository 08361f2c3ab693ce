"""A clip of the library on its way: what is signed, where it may go, what stops it at send, and where it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bfbot import http
from bfbot.desk import review, where_used
from bfbot.desk.judging import Refused, preview
from bfbot.domain.finding import Level
from bfbot.domain.message import MediaUse
from bfbot.domain.post import Wording
from bfbot.domain.schedule import Account
from bfbot.domain.states import DeliveryState
from bfbot.errors import ContentRefused
from bfbot.ledger import models, posts
from bfbot.library import current_revision
from bfbot.media import blobs, clip_work
from bfbot.platforms.base import Sending
from bfbot.platforms.registry import platform_for
from tests.contract.networks import settings_for
from tests.desk.clip_steps import TALK, at_send, submitted, with_a_clip
from tests.desk.steps import SOON, TEXT, set_state
from tests.media.films import SRT, VTT, film
from tests.simulators.mastodon import TOKEN, MastodonSimulator
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(home: Path) -> Path:
    return with_a_clip(home)


def test_bytes_captions_and_focal_point_are_in_the_signature(files: Path) -> None:
    post = submitted()
    (one,) = posts.get(post.id).deliveries
    assert one.proof is not None
    [clip] = one.proof.parts[0].media
    kept = blobs.read(clip.digest)
    assert (clip.mime, clip.alt, clip.focal, clip.size) == ("video/mp4", TALK.alt, (0.5, 0.25), len(kept))
    assert (clip.width, clip.height, clip.spoken) == (64, 36, "Good morning.\nCarer: We begin at eight.")
    assert hashlib.sha256(kept).hexdigest() == clip.digest
    assert hashlib.sha256(blobs.read(clip.captions)).hexdigest() == clip.captions
    stored = models.Proof.objects.get(digest=one.proof.digest).content
    assert stored == json.loads(json.dumps(one.proof.as_json()))
    for changed in (
        replace(clip, captions="0" * 64),
        replace(clip, focal=(0.5, 0.5)),
        replace(clip, digest="0" * 64),
    ):
        part = replace(one.proof.parts[0], media=(changed,))
        assert replace(one.proof, parts=(part,)).digest != one.proof.digest


@pytest.mark.parametrize(
    ("name", "data"), [("talk.vtt", VTT.replace(b"eight", b"nine")), ("talk.mp4", film(size=(48, 36)))]
)
def test_other_captions_or_another_film_are_another_signature(files: Path, name: str, data: bytes) -> None:
    post = submitted()
    review.withdraw(post.id, actor=AUTHOR, now=NOW)
    assert submitted().signature == post.signature
    (files / "messages" / "clips" / name).write_bytes(data)
    assert submitted(text=f"{TEXT} Come in.").signature != post.signature


def test_a_network_that_takes_no_clips_is_refused_with_what_to_do(files: Path) -> None:
    with pytest.raises(Refused) as refused:
        submitted(PRACTICE, "town-x")
    [finding] = [one for one in refused.value.findings if one.level is Level.REFUSE]
    assert (finding.rule, finding.account) == ("media-kind", "town-x")
    assert "bfbot sends no clips to X." in finding.message
    assert "Leave this account out" in finding.mend


def test_mastodon_takes_a_clip_whose_captions_are_in_the_picture(files: Path) -> None:
    with pytest.raises(Refused) as refused:
        submitted("town")
    assert {one.rule for one in refused.value.findings if one.level is Level.REFUSE} == {"captions-shown"}
    change(files, "captions: clips/talk.vtt,", "captions: clips/talk.vtt, captions_in_picture: true,")
    assert submitted("town").signature


def test_rights_that_end_after_the_approval_stop_a_clip(files: Path) -> None:
    post = submitted()
    review.approve(post.id, actor=APPROVER, now=NOW)
    assert at_send(post) == set()
    change(files, "expires: never, alt: Two", "expires: 2026-11-22, alt: Two")
    assert at_send(post) == {"picture-rights"}


def test_people_in_a_clip_need_consent_and_somebody_s_word(files: Path) -> None:
    change(files, "captions: clips/talk.vtt, people: none", "captions: clips/talk.vtt, people: adults")
    with pytest.raises(Refused, match="consent"):
        submitted()


def test_where_a_clip_waits_and_where_it_is_live(files: Path) -> None:
    out, waits = submitted(), submitted(text="Come to the new hub.")
    review.approve(out.id, actor=APPROVER, now=NOW)
    set_state(out, DeliveryState.PUBLISHED)
    used = where_used.pictures_used(NOW)["talk"]
    assert ([one.id for one in used.waiting], [post.id for post, _ in used.live]) == ([waits.id], [out.id])


def test_captions_that_outlast_the_clip_are_refused(files: Path) -> None:
    (files / "messages" / "clips" / "talk.vtt").write_bytes(VTT.replace(b"00:00.900", b"00:09.000"))
    with pytest.raises(ContentRefused, match="go on until 0:09, and the clip ends at 0:01"):
        submitted()


def test_subrip_captions_do_as_well_and_a_clip_by_another_name_is_still_one(files: Path) -> None:
    folder = files / "messages" / "clips"
    (folder / "talk.mp4").rename(folder / "talk.png")
    (folder / "talk.srt").write_bytes(SRT)
    change(files, "file: clips/talk.mp4, captions: clips/talk.vtt,", "file: clips/talk.png,")
    with pytest.raises(Refused, match="has no captions"):
        submitted(use=MediaUse(TALK.alt, file="clips/talk.png"))
    assert submitted(use=MediaUse(TALK.alt, file="clips/talk.png", captions="clips/talk.srt")).signature


def test_the_child_runs_once_however_often_it_is_looked_at(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submitted()
    monkeypatch.setattr(clip_work.subprocess, "Popen", None)
    for text in ("One.", "Two."):
        seen = preview(
            campaign=BRIGHT, accounts=[PRACTICE], wording=Wording(text, media=(TALK,)), at=SOON, now=NOW
        )
        assert seen.proofs[PRACTICE].parts[0].media[0].milliseconds


def test_the_look_ahead_knows_a_clip_and_starts_nothing(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bfbot.forecast.pictures import looked_at

    (files / "messages" / "clips" / "talk.mp4").write_bytes(film(size=(32, 32)))
    monkeypatch.setattr(clip_work.subprocess, "Popen", None)
    unknown = looked_at(TALK, current_revision(NOW), files)
    assert (unknown.mime, unknown.focal, unknown.captions) == ("video/mp4", (0.5, 0.25), "file:clips/talk.vtt")
    monkeypatch.undo()
    submitted()
    known = looked_at(TALK, current_revision(NOW), files)
    assert (known.width, known.spoken) == (32, "Good morning.\nCarer: We begin at eight.")


def test_a_clip_is_taken_in_before_the_database_is_held(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child may take minutes, and everybody else would wait for the one who writes."""
    from bfbot.desk import submitting

    (files / "messages" / "clips" / "talk.mp4").write_bytes(film(size=(30, 30)))
    order: list[str] = []
    real, theirs = clip_work.in_child, submitting.lay_before
    monkeypatch.setattr(clip_work, "in_child", lambda *given: order.append("child") or real(*given))
    monkeypatch.setattr(submitting, "lay_before", lambda *a, **b: order.append("laid before") or theirs(*a, **b))
    submitted()
    assert order == ["child", "laid before"]


def test_a_broken_clip_is_worked_on_once(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (files / "messages" / "clips" / "talk.mp4").write_bytes(film(size=(26, 26))[:-30])
    for text in ("One.", "Two."):
        with pytest.raises(ContentRefused, match="damaged or cut short"):
            submitted(text=text)
        monkeypatch.setattr(clip_work.subprocess, "Popen", None)


def test_what_was_approved_is_what_a_server_gets(files: Path) -> None:
    change(files, "captions: clips/talk.vtt,", "captions: clips/talk.vtt, captions_in_picture: true,")
    (one,) = posts.get(submitted("town").id).deliveries
    assert one.proof is not None
    with MastodonSimulator() as server:
        session = http.session((2.0, 5.0), settings_for(server.base_url.removeprefix("http://")))
        account = Account(id="town", platform="mastodon", campaigns=(BRIGHT,), base_url=server.base_url)
        town = platform_for(account, secrets={"access_token": TOKEN}, media=blobs.read, session=session)
        town.publish(Sending(one.proof, 0, one.key, None, NOW))
        [got] = server.live[0]["media"]
    assert hashlib.sha256(got["content"]).hexdigest() == one.proof.parts[0].media[0].digest
    assert (got["mime"], got["alt"], got["focus"]) == ("video/mp4", TALK.alt, (0.0, 0.5))
