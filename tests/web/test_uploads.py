"""Pictures of a post over the web: taken in, shown, with what we may do with each, and nothing typed is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from django.utils.html import escape

from bfbot.desk import writing
from bfbot.domain.picture import NEVER, People, Rights
from bfbot.ledger import models
from bfbot.media import blobs
from tests.web.conftest import SignIn
from tests.web.pictures import png
from tests.web.typed import FORM, only_post, write


def test_a_picture_is_taken_in_shown_and_sent_with_its_alt_text(signed_in: SignIn) -> None:
    client = signed_in("author")
    upload = SimpleUploadedFile("../../etc/x.png", png(), "image/png")
    row = client.post(reverse("write-picture"), {"upload": upload}).content.decode()
    digest = row.split('value="blob:')[1][:64]
    shown = client.get(reverse("media", args=[digest]))
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    write(signed_in, do="submit", picture=f"blob:{digest}", alt="A teal field", **rights_of(digest))
    proof = only_post().deliveries[0].proof
    assert proof is not None
    assert (proof.parts[0].media[0].digest, proof.parts[0].media[0].alt) == (digest, "A teal field")
    edit = client.get(reverse("post-edit", args=[only_post().id])).content.decode()
    assert "A teal field" in edit
    client.post(
        reverse("post-edit", args=[only_post().id]),
        {**FORM, "do": "draft", "picture": f"blob:{digest}", "alt": "x", "drop": f"blob:{digest}"},
    )
    assert only_post().wording.media == ()


def rights_of(digest: str, **changed: str) -> dict[str, str]:
    """The form's fields about an upload, all filled in."""
    typed = {
        "credit": "The council's photographer",
        "licence": "Our own work",
        "owner": "The council",
        "until": "2099-12-31",
        "people": "none",
        **changed,
    }
    return {f"{name}-{digest}": value for name, value in typed.items()}


def test_an_upload_waits_for_its_rights_and_the_form_shows_them_again(signed_in: SignIn) -> None:
    client = signed_in("author")
    digest = blobs.store(png()).digest
    pictured = {"picture": f"blob:{digest}", "alt": "A teal field"}
    refused = write(signed_in, do="submit", **pictured)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "Nobody wrote down whose the picture “A teal field” is." in html
    for one in ("credit", "licence", "owner", "until", "endless", "people", "consent"):
        assert f'name="{one}-{digest}"' in html
    post = only_post()
    edit = reverse("post-edit", args=[post.id])
    half = {**FORM, **pictured, **rights_of(digest, until="", owner="")}
    again = client.post(edit, {**half, "do": "submit"}).content.decode()
    assert "has no owner and no last day." in again
    assert "Add it in the post, beside the picture, or use another." in again
    assert 'value="The council&#x27;s photographer"' in again
    assert '<option value="none" selected>' in again
    whole = {**FORM, **pictured, **rights_of(digest, consent="consent-7")}
    named = client.post(edit, {**whole, "do": "submit"})
    assert "There is no consent “consent-7”, which the picture “A teal field” names" in named.content.decode()
    assert client.post(edit, {**whole, **rights_of(digest, consent=""), "do": "submit"}).status_code == 302
    (use,) = only_post().wording.media
    assert use.rights == Rights(
        people=People.NONE,
        credit="The council's photographer",
        licence="Our own work",
        owner="The council",
        expires=date(2099, 12, 31),
    )
    page = signed_in("approver").get(reverse("post", args=[post.id])).content.decode()
    assert "may be used until 31 December 2099" in page
    assert "<strong>“A teal field”</strong>" in page


@pytest.mark.parametrize(
    ("until", "endless", "expires"),
    [
        ("", "yes", NEVER),
        ("2099-12-31", "yes", date(2099, 12, 31)),
        ("2099-12-31", "", date(2099, 12, 31)),
        ("", "", None),
    ],
)
def test_the_last_day_is_a_day_or_that_there_is_none(
    until: str, endless: str, expires: date | None, signed_in: SignIn
) -> None:
    digest = blobs.store(png()).digest
    fields = rights_of(digest, until=until, endless=endless)
    write(signed_in, do="draft", picture=f"blob:{digest}", alt="Teal", **fields)
    (use,) = only_post().wording.media
    assert use.rights is not None
    assert use.rights.expires == expires
    edit = signed_in("author").get(reverse("post-edit", args=[only_post().id])).content.decode()
    assert f'name="until-{digest}" value="{expires if expires not in (None, NEVER) else ""}"' in edit
    assert (f'name="endless-{digest}" value="yes" checked' in edit) is (expires == NEVER)


@pytest.mark.parametrize("typed", ["31/12/2027", "2027-02-30", "20271231", "٢٠٢٧-١٢-٣١", "<b>"])
def test_a_last_day_that_is_none_is_told_and_stays_in_the_form(typed: str, signed_in: SignIn) -> None:
    digest = blobs.store(png()).digest
    answer = write(signed_in, do="draft", picture=f"blob:{digest}", alt="Teal", **rights_of(digest, until=typed))
    assert answer.status_code == 422
    assert "The last day of a picture is written like 2027-12-31." in answer.content.decode()
    assert f'value="{escape(typed)}"' in answer.content.decode()
    assert not models.Post.objects.exists()


def test_a_wrong_day_keeps_the_tick_beside_it_and_one_of_a_picture_taken_off_is_no_matter(
    signed_in: SignIn,
) -> None:
    digest = blobs.store(png()).digest
    fields = {"picture": f"blob:{digest}", "alt": "Teal", **rights_of(digest, until="soon", endless="yes")}
    answer = write(signed_in, do="draft", **fields).content.decode()
    assert f'name="endless-{digest}" value="yes" checked' in answer
    assert f'aria-describedby="until-wrong-{digest}"' in answer
    assert write(signed_in, do="draft", drop=f"blob:{digest}", **fields).status_code == 302
    assert only_post().wording.media == ()


def test_the_same_upload_twice_is_one_picture_with_the_narrower_word(signed_in: SignIn) -> None:
    digest = blobs.store(png()).digest
    first = rights_of(digest, people="children", until="2098-01-01", credit="Our own", consent="consent-1")
    second = rights_of(digest, until="", endless="yes", consent="")
    fields = {name: [first.get(name, ""), second.get(name, "")] for name in {*first, *second}}
    fields[f"endless-{digest}"] = ["yes"]
    write(signed_in, do="draft", picture=[f"blob:{digest}"] * 2, alt=["Teal", ""], **fields)
    (use,) = only_post().wording.media
    assert use.alt == "Teal"
    assert use.rights == Rights(
        people=People.CHILDREN,
        credit="Our own / The council's photographer",
        licence="Our own work",
        owner="The council",
        expires=date(2098, 1, 1),
        consent="consent-1",
    )
    edit = reverse("post-edit", args=[only_post().id])
    twice = {**FORM, "do": "draft", "picture": [f"blob:{digest}"] * 2, "alt": ["Teal", ""], **fields}
    signed_in("author").post(edit, {**twice, "drop": f"blob:{digest}"})
    assert len(only_post().wording.media) == 1
    signed_in("author").post(edit, {**twice, "drop": [f"blob:{digest}"] * 2})
    assert only_post().wording.media == ()


def test_too_many_pictures_are_told_and_none_is_lost(signed_in: SignIn) -> None:
    digests = [blobs.store(png(size=(40 + one, 30))).digest for one in range(6)]
    rights = {name: text for one in digests for name, text in rights_of(one).items()}
    pictured = {"picture": [f"blob:{one}" for one in digests], "alt": [f"Field {one}" for one in digests]}
    answer = write(signed_in, do="submit", **pictured, **rights)
    assert answer.status_code == 422
    assert "There are 6 pictures" in answer.content.decode()
    assert all(f'value="blob:{one}"' in answer.content.decode() for one in digests)
    assert len(only_post().wording.media) == 6


def test_what_nobody_sees_is_not_kept_and_what_nobody_reads_is_refused(signed_in: SignIn) -> None:
    digest = blobs.store(png()).digest
    pictured = {"picture": f"blob:{digest}", "alt": "Teal", "do": "submit"}
    odd = rights_of(digest, credit="\x1b[2KThe\x00 council\u202e\r\n’s own\u200b")
    assert write(signed_in, **pictured, **odd).status_code == 302
    (use,) = only_post().wording.media
    assert use.rights is not None
    assert use.rights.credit == "[2KThe council ’s own"
    long = write(signed_in, **pictured, **rights_of(digest, licence="x" * 301))
    assert long.status_code == 422
    assert "The licence of the picture “Teal” is longer than 300 letters." in long.content.decode()


def test_a_form_without_these_fields_leaves_the_rights_as_they_were(signed_in: SignIn) -> None:
    digest = blobs.store(png()).digest
    pictured = {"picture": f"blob:{digest}", "alt": "Teal"}
    write(signed_in, do="draft", **pictured, **rights_of(digest))
    before = only_post().wording.media
    edit = reverse("post-edit", args=[only_post().id])
    signed_in("author").post(edit, {**FORM, **pictured, "do": "draft"})
    assert only_post().wording.media == before
    emptied = dict.fromkeys(rights_of(digest), "")
    signed_in("author").post(edit, {**FORM, **pictured, **emptied, "do": "draft"})
    assert only_post().wording.media[0].rights is None


def test_without_script_the_picture_comes_with_the_form(signed_in: SignIn) -> None:
    write(signed_in, do="draft", upload=SimpleUploadedFile("x.png", png(), "image/png"), **{"upload-alt": "Teal"})
    assert [one.alt for one in only_post().wording.media] == ["Teal"]


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_told_so(data: bytes, signed_in: SignIn) -> None:
    upload = SimpleUploadedFile("x.png", data, "image/png")
    answer = signed_in("author").post(reverse("write-picture"), {"upload": upload})
    assert answer.status_code == 200
    assert b'class="wrong"' in answer.content


def test_pictures_are_named_by_us_alone(signed_in: SignIn) -> None:
    answer = write(signed_in, do="submit", picture="file:../../../etc/passwd", alt="x")
    assert answer.status_code == 422
    assert b"root:" not in answer.content


@pytest.mark.parametrize("edits", [False, True])
def test_a_database_that_takes_nothing_leaves_what_was_typed(
    edits: bool, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = blobs.store(png()).digest
    typed = {"do": "submit", "picture": f"blob:{digest}", "alt": "Teal", **rights_of(digest)}
    where = reverse("write-new", args=["futures"])
    if edits:
        write(signed_in, do="draft")
        where = reverse("post-edit", args=[only_post().id])

    def busy(*_: Any, **__: Any) -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr(writing, "rewrite" if edits else "write", busy)
    answer = signed_in("author").post(where, {**FORM, **typed})
    assert answer.status_code == 503
    html = answer.content.decode()
    assert "That did not work" in html
    assert escape(FORM["text"]) in html
    assert escape("The council's photographer") in html
