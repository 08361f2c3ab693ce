"""A clip in a real browser: it plays from our own address, with its captions, and the policy has no objection."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image

from bfbot.config import config
from bfbot.domain.message import MediaUse
from bfbot.ledger import posts
from bfbot.ledger.practice import add_practice_post
from bfbot.media import clip_work
from bfbot.web.pages import pictures
from tests.browser.conftest import DESKTOP, PHONE, Opening
from tests.browser.test_reading import AXE, RULES
from tests.media.films import VTT, film
from tests.web.test_about_people import written

pytestmark = pytest.mark.browser


@pytest.fixture
def clip_post(team: None) -> int:
    folder = config().home / "messages" / "clips"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "talk.mp4").write_bytes(film(size=(640, 360)))
    (folder / "talk.vtt").write_bytes(VTT)
    Image.linear_gradient("L").resize((600, 800)).save(folder / "park.png")
    rights = "people: none, credit: The council, licence: our own, owner: The council, expires: never"
    (folder.parent / "media.yaml").write_text(
        "pictures:\n"
        f"  - {{id: talk, file: clips/talk.mp4, captions: clips/talk.vtt, {rights}, alt: Two carers talk}}\n"
        f"  - {{id: park, file: clips/park.png, {rights}, alt: A bridge, focal: [0.5, 0.1]}}\n",
        encoding="utf-8",
    )
    talk = MediaUse("Two carers talk on a bridge", file="clips/talk.mp4", captions="clips/talk.vtt")
    both = [written("Come to the park.", talk), written("Come in.", MediaUse("A bridge", file="clips/park.png"))]
    for one in both:
        proof = posts.get(one.id).deliveries[0].proof
        assert proof is not None
        media = [each.as_json() for each in proof.parts[0].media]
        add_practice_post(
            account="practice", key=f"{one.id}", text=one.text, media=media, reply_to="", at=datetime.now(UTC)
        )
    return both[0].id


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_clip_plays_with_its_captions(
    clip_post: int, open_as: Opening, size: dict[str, int], tmp_path: Path
) -> None:
    viewer = open_as("viewer", size=size)
    page = viewer.goto(reverse("post", args=[clip_post]))
    video = page.locator("video").first
    seen = video.evaluate(
        """async (video) => {
             video.muted = true;
             const ended = new Promise((told) => video.addEventListener("ended", told));
             await video.play();
             await ended;
             return [video.videoWidth, video.currentTime, [...video.textTracks[0].cues].map((one) => one.text)];
           }"""
    )
    assert seen[0] == 640
    assert seen[1] > 0.9
    assert seen[2] == ["Good morning.", "Carer: We begin at eight."]
    for address in (reverse("post", args=[clip_post]), reverse("pictures"), reverse("practice")):
        page = viewer.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if AXE.exists() and size is PHONE:
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate("(rules) => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
            assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], address
    viewer.check()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_clip_to_come_appears_by_itself(
    clip_post: int, open_as: Opening, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: bool
) -> None:
    flag = tmp_path / "go on"
    waits = (
        "import os, runpy, sys, time; os.write(1, b'.' * 40)\n"
        f"while not os.path.exists({str(flag)!r}): time.sleep(0.02)\n"
        "runpy.run_module('bfbot.media.clip_child', run_name='__main__')"
    )
    monkeypatch.setattr(clip_work, "_COMMAND", (sys.executable, "-I", "-c", waits))
    monkeypatch.setattr(pictures, "LOOKS_AGAIN", 1)
    size = (640, 362 if script else 364)
    (config().home / "messages" / "clips" / "talk.mp4").write_bytes(film(size=size))
    viewer = open_as("viewer", size=PHONE, java_script_enabled=script)
    page = viewer.goto(reverse("pictures"))
    page.get_by_text("The clip talk.mp4 is being prepared: 40 per cent done.").wait_for()
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if AXE.exists():
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate("(rules) => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
            assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    flag.touch()
    page.get_by_text("A clip, 0:01 long").wait_for()
    if script:
        viewer.check()
