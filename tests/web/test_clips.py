"""Clips on the pages: still, length and captions in words; played piece by piece; cropped around a point."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from bfbot.desk import clips_ahead
from bfbot.domain.message import MediaUse
from bfbot.domain.proof import MediaProof
from bfbot.domain.states import PostState
from bfbot.ledger import posts
from bfbot.ledger.practice import add_practice_post
from bfbot.library import current_revision
from bfbot.media import blobs, clip_preparing, clip_work, clips
from bfbot.media.clip_preparing import BeingPrepared
from bfbot.web.pages import media as media_page
from tests.media.films import VTT, film
from tests.web.conftest import SignIn
from tests.web.test_about_people import written

TALK = MediaUse("Two carers talk", file="clips/talk.mp4", captions="clips/talk.vtt")


@pytest.fixture
def files(team: object, workspace: Path) -> Path:
    folder = workspace / "messages"
    (folder / "clips").mkdir(parents=True, exist_ok=True)
    (folder / "clips" / "talk.mp4").write_bytes(film())
    (folder / "clips" / "talk.vtt").write_bytes(VTT)
    Image.new("RGB", (64, 64), "seagreen").save(folder / "clips" / "park.png")
    rights = "people: none, credit: The council, licence: our own, owner: The council, expires: never"
    (folder / "media.yaml").write_text(
        "pictures:\n"
        f"  - {{id: talk, file: clips/talk.mp4, captions: clips/talk.vtt, {rights}, alt: Two carers talk}}\n"
        f"  - {{id: park, file: clips/park.png, {rights}, alt: A bridge, focal: [0.5, 0]}}\n",
        encoding="utf-8",
    )
    return workspace


def clip_of(post_id: int) -> MediaProof:
    (one,) = posts.get(post_id).deliveries
    assert one.proof is not None
    return one.proof.parts[0].media[0]


def test_the_preview_shows_the_still_the_length_and_what_is_said(files: Path, signed_in: SignIn) -> None:
    post = written("Come to the park.", TALK)
    clip = clip_of(post.id)
    answer = signed_in("viewer").get(reverse("post", args=[post.id]))
    shown = answer.content.decode()
    assert f'poster="{reverse("media", args=[clip.still])}"' in shown
    assert f'<source src="{reverse("media", args=[clip.digest])}" type="video/mp4">' in shown
    assert f'<track kind="captions" src="{reverse("media", args=[clip.captions])}" srclang="en"' in shown
    assert "<b>Clip</b>, 0:01 long" in shown
    assert "Good morning.\nCarer: We begin at eight." in shown
    assert "style=" not in shown
    policy = answer["Content-Security-Policy"]
    assert "media-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_clip_is_given_piece_by_piece(files: Path, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    clip, client = clip_of(written("Come to the park.", TALK).id), signed_in("viewer")
    whole, address = blobs.read(clip.digest), reverse("media", args=[clip.digest])
    monkeypatch.setattr(media_page, "AT_ONCE", 100)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Accept-Ranges"]) == (200, "video/mp4", "bytes")
    assert (answer.streaming, answer["Content-Length"]) == (True, str(len(whole)))
    assert b"".join(answer.streaming_content) == whole
    for asked, start, end in (("bytes=0-", 0, 100), ("bytes=10-19", 10, 20), ("bytes=10-9999999", 10, 110)):
        answer = client.get(address, headers={"range": asked})
        assert answer.status_code == 206
        assert answer.content == whole[start:end]
        assert answer["Content-Range"] == f"bytes {start}-{end - 1}/{len(whole)}"
    for asked in (f"bytes={len(whole)}-", "bytes=9-3"):
        answer = client.get(address, headers={"range": asked})
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(whole)}")
    assert client.get(address, headers={"range": "lines=1-2"}).status_code == 200
    assert signed_in("").get(address).status_code == 302


def test_captions_and_still_are_given_as_what_they_are(files: Path, signed_in: SignIn) -> None:
    clip, client = clip_of(written("Come to the park.", TALK).id), signed_in("viewer")
    captions = client.get(reverse("media", args=[clip.captions]))
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.startswith(b"WEBVTT\n\n00:00:00.000 --> 00:00:00.400\nGood morning.\n")
    assert client.get(reverse("media", args=[clip.still]))["Content-Type"] == "image/png"
    assert client.get(reverse("media", args=["0" * 64])).status_code == 404


def test_the_page_of_pictures_lists_clips_with_where_they_are(files: Path, signed_in: SignIn) -> None:
    post = written("Come to the park.", TALK)
    shown = pictures_page(signed_in)
    clip = clip_of(post.id)
    assert f'<img src="{reverse("media", args=[clip.still])}" alt="Two carers talk"' in shown
    assert "A clip, 0:01 long" in shown
    assert "not in the picture: networks that take no such file are refused" in shown
    assert reverse("post", args=[post.id]) in shown
    (files / "messages" / "clips" / "talk.mp4").write_bytes(film()[:-300])
    broken = pictures_page(signed_in)
    assert "No preview. The clip is damaged or cut short." in broken


def pictures_page(signed_in: SignIn) -> str:
    """As it is when every clip is there."""
    signed_in("viewer").get(reverse("pictures"))
    clip_preparing.finish()
    shown = signed_in("viewer").get(reverse("pictures")).content.decode()
    assert "http-equiv" not in shown
    assert "hx-select" not in shown
    return shown


@contextmanager
def at_once() -> Iterator[None]:
    """An answer or a refusal, within seconds."""
    began = time.monotonic()
    try:
        yield
    finally:
        assert time.monotonic() - began < 5


def pictures_now(signed_in: SignIn) -> str:
    client = signed_in("viewer")
    with at_once():
        return str(client.get(reverse("pictures")).content.decode())


def test_a_clip_that_is_not_there_yet_holds_no_page_up(
    files: Path, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (files / "messages" / "clips" / "talk.mp4").write_bytes(film(size=(46, 30)))
    flag = tmp_path / "go on"
    code = f"import os, time; os.write(1, b'.' * 40)\nwhile not os.path.exists({str(flag)!r}): time.sleep(0.02)"
    monkeypatch.setattr(clip_work, "_COMMAND", (sys.executable, "-I", "-c", code))
    monkeypatch.setattr(clips_ahead, "PATIENCE", 0.1)
    ends = time.monotonic() + 60  # for the child to begin; what is asked of the desk meanwhile is answered at once
    try:
        while "40 per cent done" not in (shown := pictures_now(signed_in)):
            assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in shown
            assert """hx-trigger="every 5s" hx-select="[id='talk']" hx-swap="outerHTML">""" in shown
            assert time.monotonic() < ends
        assert "The clip talk.mp4 is being prepared: 40 per cent done." in shown
        assert "this page looks by itself" in shown
        with pytest.raises(BeingPrepared), at_once():
            written("Come to the park.", TALK)
        (draft,) = posts.listing()
        author, submit = signed_in("author"), reverse("post-submit", args=[draft.id])
        with at_once():
            page = author.post(submit, follow=True)
        assert "is being prepared" in page.content.decode()
        assert (page.status_code, posts.get(draft.id).state) == (422, PostState.DRAFT)
    finally:
        flag.touch()
        clip_preparing.finish()
        clips._refused.clear()
    monkeypatch.undo()
    signed_in("viewer").get(reverse("pictures"))
    clip_preparing.finish()
    signed_in("author").post(reverse("post-submit", args=[draft.id]))
    assert posts.get(draft.id).state is PostState.IN_REVIEW


def test_an_evergreen_post_is_not_called_refused_while_its_clip_is_to_come(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_come(*_: object, **__: object) -> None:
        raise BeingPrepared("The clip is being prepared.")

    from bfbot.web import verdicts

    now = datetime.now(UTC)
    revision = current_revision(now)
    monkeypatch.setattr(verdicts, "_known", {})
    monkeypatch.setattr(verdicts, "preview", to_come)
    assert verdicts.verdicts(revision, now, 5) == {}  # the page says: still to be checked
    monkeypatch.undo()
    assert set(verdicts.verdicts(revision, now, 20)) == set(revision.messages)


def test_an_uploaded_clip_is_refused_with_the_way_to_post_it(files: Path, signed_in: SignIn) -> None:
    upload = SimpleUploadedFile("holiday.png", film(), content_type="image/png")
    answer = signed_in("author").post(reverse("write-picture"), {"upload": upload})
    assert "A clip is not uploaded for one post." in answer.content.decode()
    assert "messages/media.yaml" in answer.content.decode()


def test_the_practice_channel_crops_around_what_stays_in_sight(files: Path, signed_in: SignIn) -> None:
    post = written("Come to the park.", MediaUse("A bridge", file="clips/park.png"))
    [picture] = [clip_of(post.id)]
    address = reverse("media", args=[picture.digest])
    preview = signed_in("viewer").get(reverse("post", args=[post.id])).content.decode()
    assert "50% from the left, 0% from the top" in preview
    now = datetime.now(UTC) - timedelta(minutes=1)
    for number, one in enumerate([picture, clip_of(written("Come.", TALK).id)]):
        add_practice_post(
            account="practice", key=f"{number}", text="Come.", media=[one.as_json()], reply_to="", at=now
        )
    shown = signed_in("viewer").get(reverse("practice")).content.decode()
    assert (
        f'<svg class="crop" viewBox="0 0 64 36" role="img" aria-label="A bridge"><image href="{address}"' in shown
    )
    assert "<video controls" in shown
