"""Joint statements on the screen: who signs, the form for who may, and what the other organisation gets to see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from bfbot.desk import other_owners, review, writing
from bfbot.domain.person import Role
from bfbot.domain.picture import People
from bfbot.domain.post import Post, Wording
from bfbot.ledger import models, people
from bfbot.ledger.media_rows import as_rows
from bfbot.ledger.models import User
from tests.uploads import uploaded
from tests.web.conftest import SignIn

JOINT = "With the Shire Network we ask for help that comes early."
WORD = "Our board agreed on 20 November."
SHIRE = """\
campaigns:
  - id: shire
    name: Shire homes
    owner: Shire Network
    hashtag: ShireHomes
    link: https://shire.example/homes
    contact: desk@shire.example
    pillars: [{id: homes, name: Homes}]
"""
JOINT_MESSAGE = f"""\
messages:
  - {{id: both, kind: action, campaign: futures, pillar: early, text: "{JOINT}"}}
"""


@pytest.fixture
def joint(workspace: Path, team: dict[str, User], password_hash: str) -> Post:
    """A post of Our Council that names the Shire Network, waiting; `theirs` approve for that network alone."""
    (workspace / "schedules" / "shire.yaml").write_text(SHIRE, encoding="utf-8")
    now = datetime.now(UTC)
    for name, role in (("theirs", Role.APPROVER), ("their author", Role.AUTHOR)):
        people.add(name, role, now, campaign="shire")
    team |= {one.name: one for one in User.objects.all()}
    post = writing.write(
        campaign="futures",
        accounts=["practice"],
        wording=Wording(JOINT),
        at=now + timedelta(days=1),
        actor="author",
        now=now,
    )
    return review.submit(post.id, actor="author", now=now)


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, answer.content
    return " ".join(answer.content.decode().split())


def sign(client: Client, post: Post, *, expect: int = 302, **more: str) -> str:
    form = {"subject": f"post:{post.id}", "owner": "Shire Network", "said": WORD, "seen": post.signature, **more}
    answer = client.post(reverse("sign-offs-sign"), form)
    assert answer.status_code == expect
    return answer.content.decode()


def test_the_post_s_page_says_who_signs_and_who_has(joint: Post, signed_in: SignIn) -> None:
    seen = page(signed_in("viewer"), "post", joint.id)
    assert "Both organisations sign" in seen
    assert "This post speaks for Our Council and names Shire Network." in seen
    assert "Waiting for an approval" in seen
    assert "Somebody who approves for Shire homes signs it off; it waits for them on Today." in seen
    assert "sign-offs/sign" not in seen
    sign(signed_in("theirs"), joint, place="post")
    review.approve(joint.id, actor="approver", now=datetime.now(UTC))
    seen = page(signed_in("viewer"), "post", joint.id)
    assert f'“{WORD}” <span class="quiet">theirs' in seen
    assert "by approver" in seen
    assert "signed it off for another organisation" in seen


def test_their_approver_finds_it_reads_it_and_signs_it(joint: Post, signed_in: SignIn) -> None:
    client = signed_in("theirs")
    today = page(client, "today")
    assert "1 post of another organisation names yours and waits for your sign-off." in today
    assert JOINT in page(client, "sign-offs")
    seen = page(client, "post", joint.id)
    assert JOINT in seen
    assert f'name="seen" value="{joint.signature}"' in seen
    assert "What was decided" not in seen
    assert not any(one in seen for one in ("post-approve", "/approve", "/edit", "/cancel", "/send-back"))
    sign(client, joint, place="post")
    assert "for your sign-off" not in page(client, "today")
    listed = page(client, "sign-offs")
    assert listed.index("Nothing.") < listed.index("Signed off</h2>") < listed.index("Take it back")
    back = client.post(reverse("sign-offs-take-back"), {"subject": f"post:{joint.id}", "reason": "We met again."})
    assert back.status_code == 302
    assert "1 post of another organisation" in page(client, "today")
    assert "Shire Network took its sign-off back" in page(signed_in("approver"), "post", joint.id)


def test_they_see_this_one_post_and_may_do_nothing_else_with_it(joint: Post, signed_in: SignIn) -> None:
    now = datetime.now(UTC)
    alone = writing.write(
        campaign="futures",
        accounts=["practice"],
        wording=Wording("Children do best when help comes early."),
        at=now + timedelta(days=2),
        actor="author",
        now=now,
    )
    review.submit(alone.id, actor="author", now=now)
    for name in ("theirs", "their author"):
        client = signed_in(name)
        wanted = {joint.id: 200 if name == "theirs" else 404, alone.id: 404}
        assert {one: client.get(reverse("post", args=[one])).status_code for one in wanted} == wanted
        assert JOINT not in client.get(reverse("queue")).content.decode()
    client = signed_in("theirs")
    assert "Children do best" not in page(client, "sign-offs")
    acts = ("submit", "links", "approve", "turn-down", "send-back", "cancel", "again")
    for act in acts:
        assert client.post(reverse(f"post-{act}", args=[joint.id]), {"reason": "x"}).status_code == 404, act
    assert client.get(reverse("post-edit", args=[joint.id])).status_code in {403, 404}
    review.send_back(joint.id, actor="approver", now=now, reason="Shorter.")
    assert client.get(reverse("post", args=[joint.id])).status_code == 404, "a draft is nobody's to sign"


def test_they_see_whose_an_uploaded_picture_is_and_no_one_s_consent(joint: Post, signed_in: SignIn) -> None:
    shown = uploaded(people=People.ADULTS, consent="paper-form-77")
    models.Post.objects.filter(pk=joint.id).update(media=as_rows([shown]))
    theirs, ours = (page(signed_in(name), "post", joint.id) for name in ("theirs", "approver"))
    for html in (theirs, ours):
        assert "licence: Our own work; owner: The council" in html
        assert "shows adults" in html
    assert "consent: paper-form-77" in ours
    assert "paper-form-77" not in theirs


def test_they_are_not_told_what_the_rules_find_in_other_posts(joint: Post, signed_in: SignIn) -> None:
    now = datetime.now(UTC)
    text = "With the Shire Network we found that 12 per cent wait."
    writing.rewrite(joint.id, actor="author", now=now, wording=Wording(text))
    review.submit(joint.id, actor="author", now=now)
    assert "12 per cent" in page(signed_in("viewer"), "post", joint.id).partition("What the rules say")[2]
    seen = page(signed_in("theirs"), "post", joint.id)
    assert text in seen
    assert "What the rules say" not in seen
    models.Delivery.objects.filter(post_id=joint.id).update(error="Post 77 stands there.")
    assert "Post 77 stands there." in page(signed_in("viewer"), "post", joint.id)
    assert "Post 77 stands there." not in page(signed_in("theirs"), "post", joint.id)


def test_they_cannot_ask_by_number_what_other_posts_are(joint: Post, signed_in: SignIn) -> None:
    now = datetime.now(UTC)
    draft = writing.write(
        campaign="futures",
        accounts=["practice"],
        wording=Wording("Children do best when help comes early."),
        at=now + timedelta(days=2),
        actor="author",
        now=now,
    )
    for place in ("list", "post", ""):
        for name in ("sign-offs-sign", "sign-offs-take-back"):
            answers = []
            for number in (draft.id, draft.id + 1):  # one that they do not see, and one that is not there
                form = {"subject": f"post:{number}", "said": WORD, "owner": "Other Council", "place": place}
                answer = signed_in("theirs").post(reverse(name), form)
                answers.append(answer.status_code)
                assert b"draft" not in answer.content
            assert answers == [404, 404]
    hidden, absent = (
        signed_in("theirs").post(reverse("sign-offs-sign"), {"subject": f"message:{one}", "said": WORD})
        for one in ("early-help", "no-such-post")
    )
    assert (hidden.status_code, absent.status_code) == (404, 404)


def test_what_is_refused_is_told_where_it_was_decided(joint: Post, signed_in: SignIn) -> None:
    client = signed_in("theirs")
    told = sign(client, joint, expect=422, place="post", seen="0" * 64)
    assert "It was changed since you read it." in told
    assert WORD in told
    told = sign(client, joint, expect=422, said=" ", place="list")
    assert "A sign-off needs your words." in told
    assert "Joint statements</h1>" in told
    told = sign(signed_in("their author"), joint, expect=403)
    assert models.OwnerSignOff.objects.count() == 0


def test_who_may_sign_for_both_is_told_that_one_person_does_not(joint: Post, signed_in: SignIn) -> None:
    """An approver of every campaign may take either place."""
    client = signed_in("approver")
    assert "Sign off for Shire Network" in page(client, "post", joint.id)
    sign(client, joint, place="post")
    seen = page(client, "post", joint.id)
    assert "approver signed it off for Shire Network and cannot speak for Our Council as well" in seen
    assert client.post(reverse("post-approve", args=[joint.id]), {}).status_code == 422
    assert "It cannot be approved as it is" in page(client, "queue-week")
    assert signed_in("admin").post(reverse("post-approve", args=[joint.id]), {}).status_code == 302


def test_an_evergreen_post_is_signed_off_too(joint: Post, workspace: Path, signed_in: SignIn) -> None:
    (workspace / "messages" / "both.yaml").write_text(JOINT_MESSAGE, encoding="utf-8")
    ours, theirs = signed_in("approver"), signed_in("theirs")
    seen = page(ours, "evergreen")
    assert "Shire Network has not signed it off as it is now" in seen
    assert "Both organisations sign" in seen
    assert "2 posts of another organisation name yours and wait for your sign-off." in page(theirs, "today")
    listed = page(theirs, "sign-offs")
    assert 'value="message:both"' in listed
    assert "Evergreen post, at its posting times" in listed
    form = {"subject": "message:both", "owner": "Shire Network", "said": WORD, "place": "list"}
    assert theirs.post(reverse("sign-offs-sign"), form)["Location"] == reverse("sign-offs")
    seen = page(ours, "evergreen")
    assert "Shire Network has not signed it off as it is now" not in seen
    until = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    assert ours.post(reverse("evergreen-sign", args=["both"]), {"until": until}).status_code == 302
    other_owners.take_back("message:both", actor="theirs", now=datetime.now(UTC))
    assert "Shire Network has not signed it off as it is now" in page(ours, "evergreen")
