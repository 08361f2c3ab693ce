"""The pages Pictures and People: rights, what rests on a consent, and quoted words signed off by a form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image

from bfbot.desk import review, writing
from bfbot.desk.corrections import recheck_all
from bfbot.domain.message import MediaUse
from bfbot.domain.post import Post, Wording
from bfbot.ledger import models
from tests.web.conftest import SignIn

TODAY = datetime.now(UTC).date()
SOON, LATER = TODAY + timedelta(days=20), TODAY + timedelta(days=300)
SAID = "We will keep every door open"


@pytest.fixture
def files(team: object, workspace: Path) -> Path:
    (workspace / "messages" / "pictures").mkdir(exist_ok=True)
    for name in ("park", "old"):
        Image.new("RGB", (64, 36), "seagreen").save(workspace / "messages" / "pictures" / f"{name}.png")
    (workspace / "messages" / "media.yaml").write_text(
        f"""\
spokespeople:
  - {{id: chair, role: Chair of the Example Board}}
consents:
  - {{id: consent-2026-014, scope: [story, picture], campaigns: [futures], channels: [rehearsal], given_by: parent,
     recorded_on: 2026-11-02, expires: {LATER}}}
  - {{id: consent-2026-015, scope: [story], campaigns: [elsewhere], channels: [rehearsal], given_by: carer,
     recorded_on: 2026-11-02, expires: {LATER}}}
pictures:
  - {{id: park, file: pictures/park.png, people: children, consent: consent-2026-014, credit: The council,
     licence: our own, owner: The council, expires: {SOON}, alt: A bridge, focal: [0.25, 0.5]}}
  - {{id: old, file: pictures/old.png, people: none, credit: The council, owner: The council, expires: never}}
""",
        encoding="utf-8",
    )
    return workspace


def written(text: str, *media: MediaUse) -> Post:
    now = datetime.now(UTC)
    at = now + timedelta(days=1)
    wording = Wording(text, media=media)
    post = writing.write(
        campaign="futures", accounts=["practice"], wording=wording, at=at, actor="author", now=now
    )
    return review.submit(post.id, actor="author", now=now)


def test_pictures_tell_their_rights_and_where_they_are(files: Path, signed_in: SignIn) -> None:
    post = written("Come to the park.", MediaUse("A bridge", file="pictures/park.png"))
    shown = signed_in("viewer").get(reverse("pictures")).content.decode()
    assert "Refused: no licence" in shown
    assert "Ends soon" in shown
    assert "It shows children" in shown
    assert "25% from the left, 50% from the top" in shown
    assert reverse("post", args=[post.id]) in shown
    assert shown.index('id="old"') < shown.index('id="park"')  # what is refused stands first
    assert shown.count("<img src=") >= 2


def test_a_withdrawn_consent_lists_what_has_to_go(files: Path, signed_in: SignIn) -> None:
    out = written("Come to the park.", MediaUse("A bridge", file="pictures/park.png"))
    waits = written("The park has a bridge.", MediaUse("A bridge", file="pictures/park.png"))
    models.Delivery.objects.filter(post_id=out.id).update(state="published")
    models.Post.objects.filter(pk=out.id).update(state="closed")
    path = files / "messages" / "media.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"{LATER}}}", f"{LATER}, withdrawn: {TODAY}}}", 1), encoding="utf-8")
    client = signed_in("viewer")
    shown = client.get(reverse("people")).content.decode()
    assert "Withdrawn on" in shown
    live, waiting = shown.index("<b>Live:</b>"), shown.index("<b>Waiting:</b>")
    assert live < shown.index(f'{reverse("post", args=[out.id])}"') < waiting
    assert waiting < shown.index(f'{reverse("post", args=[waits.id])}"')
    today = client.get(reverse("today-part", args=["needs"])).content.decode()
    assert "1 consent was withdrawn" in today
    assert "came back" not in today
    assert recheck_all(datetime.now(UTC)).back == (waits.id,)
    today = client.get(reverse("today-part", args=["needs"])).content.decode()
    assert "1 waiting post came back because a right or a consent does not hold" in today
    assert "The rights in 1 picture end within 30 days" in today


def test_nobody_sees_the_consents_of_another_campaign(files: Path, signed_in: SignIn) -> None:
    models.Membership.objects.filter(user__name="viewer").update(campaign="futures")
    shown = signed_in("viewer").get(reverse("people")).content.decode()
    assert "consent-2026-014" in shown
    assert "consent-2026-015" not in shown


def test_today_tells_that_quoted_words_wait(files: Path, signed_in: SignIn) -> None:
    client = signed_in("approver")
    assert "quote waits" not in client.get(reverse("today")).content.decode()
    post = written(f"“{SAID},” said the Chair of the Example Board.")
    shown = client.get(reverse("today")).content.decode()
    assert "1 quote waits until whoever says it has agreed to its exact words." in shown
    assert f'href="{reverse("people")}#quotes"' in shown
    written(f"“{SAID} all night,” said the Chair of the Example Board.")
    assert "2 quotes wait until" in client.get(reverse("today")).content.decode()
    form = {"subject": f"post:{post.id}", "speaker": "chair", "said": "By mail."}
    assert client.post(reverse("quote-sign"), form).status_code == 302
    assert "1 quote waits until" in client.get(reverse("today")).content.decode()


def test_quoted_words_are_signed_off_by_a_form(files: Path, signed_in: SignIn) -> None:
    post = written(f"“{SAID},” said the Chair of the Example Board.")
    assert SAID in signed_in("viewer").get(reverse("people")).content.decode()
    assert (
        '<form method="post" action="/people/quotes"'
        not in signed_in("viewer").get(reverse("people")).content.decode()
    )
    client = signed_in("approver")
    assert "Record that they agreed" in client.get(reverse("people")).content.decode()
    form = {"subject": f"post:{post.id}", "speaker": "chair", "said": "Mail of 20 November"}
    answer = client.post(reverse("quote-sign"), form, follow=True)
    assert "signed off" in answer.content.decode()
    assert "No quoted words wait" in answer.content.decode()
    assert client.post(reverse("quote-sign"), form).status_code == 422
