"""What is on record of a picture that was uploaded for one post, and what an approver is asked about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bfbot.domain.finding import Level, Moment
from bfbot.domain.message import MediaUse
from bfbot.domain.picture import People
from bfbot.rules.settled import claim_id
from bfbot.rules.verdict import stopping
from tests.rules.cases import found, said
from tests.rules.people import CONSENT, shown
from tests.uploads import uploaded

each_moment = pytest.mark.parametrize("moment", list(Moment))
TODAY, YESTERDAY = date(2026, 11, 23), date(2026, 11, 22)


@each_moment
def test_an_uploaded_picture_needs_an_approver_s_word(moment: Moment) -> None:
    asked = shown(use=uploaded(), moment=moment)
    assert not found("picture-rights", asked)
    assert [one.level for one in found("picture-uploaded", asked)] == [Level.CONFIRM]
    assert not stopping(found("picture-uploaded", asked), moment, "I asked our photographer.")
    assert bool(stopping(found("picture-uploaded", asked), moment)) is (moment is not Moment.SUBMIT)


@each_moment
@pytest.mark.parametrize(
    ("use", "words"),
    [
        (MediaUse("A bridge", blob="b" * 64), "Nobody wrote down whose the picture “A bridge” is."),
        (MediaUse(" ", blob="b" * 64), "Nobody wrote down whose the uploaded picture is."),
        (uploaded(credit=""), "The picture “A bridge of wood” has no credit. Add it in the post"),
        (uploaded(licence="  "), "has no licence"),
        (uploaded(owner="\u200b\u2060 ?"), "has no owner"),
        (uploaded(credit="–", owner="-"), "has no credit and no owner"),
        (uploaded(expires=None), "has no last day"),
        (uploaded(people=None), "has no word on who can be seen"),
        (
            uploaded(expires=YESTERDAY),
            "ended on 22 November 2026. Renew them with The council and write the new day",
        ),
        (uploaded(expires=TODAY), ""),
        (uploaded(), ""),
    ],
)
def test_an_upload_without_rights_does_not_go_out_whoever_confirms(
    moment: Moment, use: MediaUse, words: str
) -> None:
    asked = shown(use=use, moment=moment)
    assert words in said("picture-rights", asked)
    assert bool(stopping(found("picture-rights", asked), moment, "I looked.")) is bool(words)
    assert "media.yaml" not in said("picture-rights", asked)


@each_moment
@pytest.mark.parametrize("people", [People.ADULTS, People.CHILDREN])
def test_people_on_an_upload_need_their_consent_too(moment: Moment, people: People) -> None:
    nobody = shown(use=uploaded(people=people), moment=moment)
    assert "The picture “A bridge of wood” has no consent." in said("consent", nobody)
    agreed = shown(use=uploaded(people=people, consent=CONSENT.id), moment=moment)
    assert not found("consent", agreed)
    assert found("people-shown", agreed)
    over = shown(
        use=uploaded(people=people, consent=CONSENT.id), consent=replace(CONSENT, withdrawn=TODAY), moment=moment
    )
    assert stopping(found("consent", over), moment, "I looked.")
    assert stopping(found("consent", shown(use=uploaded(consent="no-such"), moment=moment)), moment, "I looked.")


def test_the_approver_reads_all_that_the_author_wrote() -> None:
    told = said("picture-uploaded", shown(use=uploaded(people=People.CHILDREN, consent=CONSENT.id)))
    for words in (
        "credit: The council's photographer",
        "licence: Our own work",
        "owner: The council",
        "without end",
        "shows children",
        f"consent: {CONSENT.id}",
    ):
        assert words in told
    assert "until 23 November 2026" in said("picture-uploaded", shown(use=uploaded(expires=TODAY)))


def test_another_word_about_the_rights_is_another_claim() -> None:
    (first,), (second,) = (
        found("picture-uploaded", shown(use=uploaded(licence=one))) for one in ("Our own work", "Bought")
    )
    assert claim_id(first) != claim_id(second)
