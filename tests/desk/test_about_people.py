"""Rights, consents, names and quotes from the files to the post: what stops, what is listed, what is kept."""

from __future__ import annotations

import io
import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from bfbot.config import Config, config
from bfbot.desk import automatic, review, where_used, writing
from bfbot.desk.corrections import recheck_all
from bfbot.desk.judging import Refused, check_at_send, preview
from bfbot.desk.quotes import sign_quotes, waiting_quotes
from bfbot.desk.rights_over import WHY, back_because_of_rights, recheck_rights
from bfbot.domain.finding import Moment
from bfbot.domain.message import MediaUse
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.engine.logs import JsonLines
from bfbot.errors import ConfigurationError, ContentRefused, NotAllowed, UsageError
from bfbot.ledger import audit, models, posts
from bfbot.library import current_revision
from bfbot.media import blobs
from bfbot.rules.verdict import stopping
from tests.desk.people_files import CANARY, CONSENT, QUOTED, SAID, with_people, withdrawn
from tests.desk.steps import SOON, TEXT, approved, in_review, set_state
from tests.uploads import uploaded
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db
PARK = MediaUse("A wooden bridge in a park", file="pictures/park.png")
LOOKED = f"I looked at {CONSENT}."


@pytest.fixture
def files(home: Path) -> Path:
    return with_people(home)


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list outside the workspace, with a name that belongs to nobody."""
    path = tmp_path / "names.txt"
    path.write_text(f"{CANARY}\n", encoding="utf-8")
    monkeypatch.setitem(config().environment, "BFBOT_NAMES_FILE", str(path))
    return path


def shown(text: str = TEXT) -> Post:
    wording = Wording(text, media=(PARK,))
    return writing.write(campaign=BRIGHT, accounts=[PRACTICE], wording=wording, at=SOON, actor=AUTHOR, now=NOW)


def planned(message: str) -> Post:
    slot = current_revision(NOW).slots["morning"]
    made = automatic.post_from_message(message, slot=slot, occurrence_key=None, moment=SOON, now=NOW)
    assert made is not None
    return made


def at_send(post: Post) -> set[str]:
    (one,) = posts.get(post.id).deliveries
    return {finding.rule for finding in stopping(check_at_send(one, SOON), Moment.SEND, LOOKED)}


def test_rights_that_end_after_the_approval_stop_the_sending(home: Path) -> None:
    post = review.submit(shown().id, actor=AUTHOR, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW)
    assert at_send(post) == set()
    change(home, "expires: never", "expires: 2026-11-22")
    assert at_send(post) == {"picture-rights"}


def test_a_file_without_an_entry_is_refused_with_its_mend(home: Path) -> None:
    change(home, "file: pictures/park.png, people", "file: pictures/other.png, people")
    (home / "messages/pictures/other.png").write_bytes((home / "messages/pictures/park.png").read_bytes())
    with pytest.raises(Refused, match=r"Add it to messages/media\.yaml"):
        review.submit(shown().id, actor=AUTHOR, now=NOW)


def test_an_upload_of_a_picture_of_the_library_is_that_picture(home: Path) -> None:
    """Its rights are over: uploading the very file, under another name and without an entry, is no way round."""
    change(home, "expires: never", "expires: 2026-11-22")
    stored = blobs.store((home / "messages/pictures/park.png").read_bytes())
    wording = Wording(TEXT, media=(MediaUse("A bridge of wood", blob=stored.digest),))
    post = writing.write(campaign=BRIGHT, accounts=[PRACTICE], wording=wording, at=SOON, actor=AUTHOR, now=NOW)
    with pytest.raises(ContentRefused, match="is “park” of your library"):
        review.submit(post.id, actor=AUTHOR, now=NOW)
    with pytest.raises(ContentRefused, match="is “park” of your library"):
        preview(campaign=BRIGHT, accounts=[PRACTICE], wording=wording, at=SOON, now=NOW)


def test_an_upload_that_the_library_gets_later_is_that_picture_from_then_on(home: Path) -> None:
    """Its rights are over there, or its consent was taken back: what an author wrote of it counts no more."""
    data = io.BytesIO()
    Image.new("RGB", (50, 40), "navy").save(data, "PNG")
    wording = Wording(TEXT, media=(uploaded(digest=blobs.store(data.getvalue()).digest),))
    post = writing.write(campaign=BRIGHT, accounts=[PRACTICE], wording=wording, at=SOON, actor=AUTHOR, now=NOW)
    review.submit(post.id, actor=AUTHOR, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed="I asked.")
    (home / "messages/pictures/navy.png").write_bytes(data.getvalue())
    rights = "credit: C, licence: L, owner: O, expires: 2026-01-01, people: none"
    change(home, "pictures:\n", f"pictures:\n  - {{id: navy, file: pictures/navy.png, {rights}}}\n")
    assert recheck_rights(NOW) == (post.id,)
    assert "is “navy” of your library" in posts.get(post.id).note
    with pytest.raises(Refused, match="is “navy” of your library"):
        review.approve(post.id, actor=APPROVER, now=NOW, confirmed="I asked.")


def test_people_on_a_picture_need_an_approver_s_written_word(files: Path) -> None:
    post = review.submit(shown().id, actor=AUTHOR, now=NOW)
    with pytest.raises(Refused, match="shows children"):
        review.approve(post.id, actor=APPROVER, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed=LOOKED)
    assert at_send(post) == set()
    assert audit.entries(subject=f"post:{post.id}", action="approved")[0].detail["confirmed"] == LOOKED


def test_a_consent_taken_back_stops_what_was_approved_and_lists_what_is_out(files: Path) -> None:
    out, waits = [review.submit(shown(text).id, actor=AUTHOR, now=NOW) for text in (TEXT, "Come to the new park.")]
    for one in (out, waits):
        review.approve(one.id, actor=APPROVER, now=NOW, confirmed=LOOKED)
    set_state(out, DeliveryState.PUBLISHED)
    told = planned("turned")
    withdrawn(files)
    assert at_send(waits) == {"consent"}
    used = where_used.consents_used(NOW)[CONSENT]
    assert set(used.messages) == {"park", "turned"}
    assert {one.id for one in used.waiting} == {waits.id, told.id}
    assert [(post.id, live.account) for post, live in used.live] == [(out.id, PRACTICE)]
    with pytest.raises(Refused, match="was withdrawn on 23 November 2026"):
        planned("park")
    picture = where_used.pictures_used(NOW)["park"]
    assert ([one.id for one in picture.waiting], [post.id for post, _ in picture.live]) == ([waits.id], [out.id])
    set_state(out, DeliveryState.DELETED)
    assert where_used.consents_used(NOW)[CONSENT].live == ()


def test_what_waits_comes_back_at_once_and_is_told_once(files: Path) -> None:
    waits, unread = (review.submit(shown(text).id, actor=AUTHOR, now=NOW) for text in (TEXT, "Come to the park."))
    review.approve(waits.id, actor=APPROVER, now=NOW, confirmed=LOOKED)
    told, plain = planned("turned"), approved("Libraries open early in the holidays.")
    assert recheck_all(NOW).back == ()
    withdrawn(files)
    later = NOW + timedelta(minutes=1)
    assert recheck_all(later).back == (waits.id, unread.id, told.id)
    for one in (waits, unread, told):
        found = posts.get(one.id)
        assert found.state is PostState.IN_REVIEW
        assert found.note.startswith(WHY)
        assert "was withdrawn on 23 November 2026" in found.note
    assert posts.get(plain.id).state is PostState.APPROVED
    assert recheck_rights(later) == ()
    with pytest.raises(Refused, match="withdrawn"):
        review.approve(waits.id, actor=APPROVER, now=later, confirmed=LOOKED)


def test_rights_that_end_before_the_post_s_day_come_back_today(home: Path) -> None:
    """Nobody changed a file: the day came, or the post was moved behind the last one."""
    change(home, "expires: never", "expires: 2026-11-24")
    post = review.submit(shown().id, actor=AUTHOR, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW)
    assert recheck_rights(NOW) == ()
    due = NOW + timedelta(days=3)
    models.Delivery.objects.filter(post_id=post.id).update(due_at=due, closes_at=due + timedelta(hours=1))
    assert recheck_rights(NOW) == (post.id,)
    assert "ended on 24 November 2026" in posts.get(post.id).note
    assert back_because_of_rights([posts.get(post.id)])


def test_what_went_out_is_found_after_the_files_forgot_it(files: Path) -> None:
    told = planned("turned")
    models.Post.objects.filter(pk=told.id).update(state=PostState.APPROVED)
    set_state(told, DeliveryState.UNKNOWN)
    change(files, "people: adults,\n", "people: none,\n")
    change(files, f"consent: {CONSENT}, text", "text")
    used = where_used.consents_used(NOW)[CONSENT]
    assert used.messages == ("park",)
    assert [post.id for post, _ in used.live] == [told.id]


def test_a_name_of_the_list_is_neither_sent_nor_kept(
    files: Path, names: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The canary: in no finding, no note, no entry of the record, no line of the log."""
    log = logging.StreamHandler(io.StringIO())
    log.setFormatter(JsonLines())
    logging.getLogger("bfbot").addHandler(log)
    text = f"{CANARY}, aged 9, opens the park. #ZenobiaQuillfeather"
    post = shown(text)
    with pytest.raises(Refused) as refused:
        review.submit(post.id, actor=AUTHOR, now=NOW)
    assert {one.rule for one in refused.value.findings} == {"child-named"}
    logging.getLogger("bfbot.test").error("refused", extra={"post": post.id, "text": text})
    logging.getLogger("bfbot").removeHandler(log)
    with pytest.raises(ContentRefused):
        sign_quotes(f"post:{post.id}", "chair", actor=APPROVER, now=NOW, said=f"{CANARY} rang.")
    review.withdraw(post.id, actor=AUTHOR, now=NOW, reason=f"It names {CANARY}.")
    record = json.dumps([[one.subject, one.detail] for one in models.AuditEntry.objects.all()])
    assert "child-named" in record
    assert list(audit.breaks()) == []
    written = log.stream.getvalue()  # type: ignore[attr-defined]  # the text buffer from above
    assert "not kept" in written
    for kept in (record, written, str(refused.value), repr(refused.value.findings), posts.get(post.id).note):
        assert "quillfeather" not in kept.casefold()
        assert "zenobia" not in kept.casefold()


def test_a_name_that_is_added_counts_at_once_and_an_unread_list_is_no_list(files: Path, names: Path) -> None:
    post = review.submit(shown("Somebody Nobody opens the park.").id, actor=AUTHOR, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed=LOOKED)
    assert at_send(post) == set()
    names.write_text("Somebody Nobody\n", encoding="utf-8")
    assert at_send(post) == {"child-named"}
    names.unlink()
    assert at_send(post) == {"child-named"}
    assert at_send(_plain()) == set()


def _plain() -> Post:
    post = in_review("The library is open on Sunday.")
    return review.approve(post.id, actor=APPROVER, now=NOW)


def test_the_list_may_not_lie_in_the_workspace(home: Path) -> None:
    from bfbot.config import read

    with pytest.raises(ConfigurationError, match="inside the workspace"):
        read({"BFBOT_HOME": str(home), "BFBOT_NAMES_FILE": str(home / "messages" / "names.txt")})
    assert isinstance(read({"BFBOT_HOME": str(home), "BFBOT_NAMES_FILE": __file__}), Config)


def test_quoted_words_wait_for_their_sign_off_and_a_change_needs_another(files: Path) -> None:
    post = review.approve(in_review(QUOTED).id, actor=APPROVER, now=NOW)
    assert at_send(post) == {"quote-signed"}
    mine = [one for one in waiting_quotes(NOW) if one.subject == f"post:{post.id}"]
    assert [(one.words, one.by) for one in mine] == [(f"{SAID},", ("chair",))]
    with pytest.raises(NotAllowed):
        sign_quotes(f"post:{post.id}", "chair", actor=AUTHOR, now=NOW, said="By mail.")
    with pytest.raises(ContentRefused, match="Say how"):
        sign_quotes(f"post:{post.id}", "chair", actor=APPROVER, now=NOW, said=" ")
    with pytest.raises(UsageError, match="no spokesperson"):
        sign_quotes(f"post:{post.id}", "leader", actor=APPROVER, now=NOW, said="By mail.")
    sign_quotes(f"post:{post.id}", "chair", actor=APPROVER, now=NOW, said="By mail of 20 November.")
    assert at_send(post) == set()
    (entry,) = audit.entries(subject=f"post:{post.id}", action="quote signed off")
    assert (entry.actor, entry.detail["words"], entry.detail["by"]) == (APPROVER, [f"{SAID},"], "chair")
    other = review.approve(in_review(QUOTED.replace("every", "each")).id, actor=APPROVER, now=NOW)
    assert at_send(other) == {"quote-signed"}


def test_an_evergreen_post_is_passed_over_until_its_words_are_signed(files: Path) -> None:
    with pytest.raises(Refused, match="has not signed them off"):
        planned("doors-said")
    assert [one.subject for one in waiting_quotes(NOW)] == ["message:doors-said"]
    sign_quotes("message:doors-said", "chair", actor=APPROVER, now=NOW, said="At the board of 20 November.")
    assert waiting_quotes(NOW) == []
    assert planned("doors-said").state is PostState.IN_REVIEW


def test_a_preview_says_it_all_before_anything_is_stored(files: Path) -> None:
    said = preview(
        campaign=BRIGHT, accounts=[PRACTICE], wording=Wording(QUOTED, media=(PARK,)), at=SOON, now=NOW
    ).findings
    assert {one.rule for one in said} == {"people-shown", "names-listed", "quote-signed"}
