"""A campaign that tracks: the Proof holds the tagged link, counted, approved and sent like that."""

from __future__ import annotations

from pathlib import Path

import pytest

from bfbot.desk import judging, review, writing
from bfbot.domain.post import Post, Wording
from bfbot.domain.proof import Proof
from tests.desk.steps import SOON, TEXT
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db
PAGE = "https://www.example.org/bright"


@pytest.fixture(autouse=True)
def _tracking(home: Path) -> None:
    change(home, f"link: {PAGE}\n", f"link: {PAGE}\n    tracking: true\n")


def submitted(text: str = TEXT, link: str = f"{PAGE}?a=1#top") -> Post:
    post = writing.write(
        campaign=BRIGHT, accounts=[PRACTICE], wording=Wording(text, link=link), at=SOON, actor=AUTHOR, now=NOW
    )
    return review.submit(post.id, actor=AUTHOR, now=NOW)


def proof(post: Post) -> Proof:
    found = post.deliveries[0].proof
    assert found is not None
    return found


def test_what_is_approved_is_the_tagged_link() -> None:
    post = submitted()
    mine = (
        f"{PAGE}?a=1&utm_source=practice-channel&utm_medium=social&utm_campaign=bright&utm_content={post.id}#top"
    )
    assert proof(post).links == (mine,)
    assert mine in proof(post).text
    assert [one.value for one in proof(post).parts[0].facets if one.kind == "link"] == [mine]
    assert proof(post).parts[0].length == len(proof(post).text)
    approved = review.approve(post.id, actor=APPROVER, now=NOW)
    assert judging.check_at_send(approved.deliveries[0], SOON) == ()


def test_a_link_that_the_text_places_is_tagged_too_and_others_are_not() -> None:
    text = proof(submitted(f"{TEXT} {{link}} and https://gov.uk/a.", PAGE)).text
    assert f"{PAGE}?utm_source" in text
    assert text.endswith("https://gov.uk/a.")


def test_one_link_is_still_one_and_names_nobody() -> None:
    post = submitted()
    rules = {one.rule for one in judging.findings(post.id, judging.Moment.APPROVE, now=NOW)}
    assert not rules & {"link-count", "link-personal", "link-web"}


def test_an_e_mail_address_in_a_parameter_is_refused_all_the_same() -> None:
    with pytest.raises(judging.Refused, match="e-mail"):
        submitted(link=f"{PAGE}?to=ann@kent.gov.uk")


def test_the_length_of_a_preview_holds_the_tags() -> None:
    seen = judging.preview(
        campaign=BRIGHT, accounts=[PRACTICE], wording=Wording(TEXT, link=PAGE), at=SOON, now=NOW
    )
    assert "utm_content=000000" in seen.proofs[PRACTICE].text
