"""Quoted words wait for whoever says them: in any marks, any spelling, and only these very words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.finding import Level, Moment
from bfbot.domain.picture import Quote
from bfbot.domain.post import Origin
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.quotations import _marked, _straight, digest, quotations
from bfbot.rules.verdict import stopping
from tests.rules.cases import TEXT, found, message, picture, said
from tests.rules.people import quoting
from tests.rules.test_no_dodging import disguised

WORDS = "We will not let families wait"
SIGNED = frozenset({("chair", digest(WORDS))})


@pytest.mark.parametrize(
    "text",
    [
        f"“{WORDS},” said the Chair of the Example Board.",
        f'"{WORDS}", said the Chair of the Example Board.',
        f"‘{WORDS}’, says the chair of the example board.",
        f"'{WORDS}' – Chair of the Example Board",
        f"«{WORDS}» The Chair of the Example Board at the opening.",
        f"The Chair of the Example Board: „{WORDS}“",
        f"The Chаir of the Example Board sаid: “{WORDS}.”",  # Cyrillic letters
        f"“{WORDS}, said the Chair of the Example Board",  # a mark that is not closed
        f"THE CHAIR OF THE EXAMPLE BOARD SAID ``{WORDS}''",
    ],
)
def test_a_quote_waits_for_whoever_says_it(text: str) -> None:
    for moment in Moment:
        (one,) = found("quote-signed", quoting(text, moment=moment))
        assert "Chair of the Example Board" in one.message
        assert (one.level, bool(stopping([one], moment))) == (Level.HOLD, moment is Moment.SEND)
    if not text.endswith("Board") or text.endswith("– Chair of the Example Board"):
        assert not found("quote-signed", quoting(text, quotes_signed=SIGNED))
    assert found("quote-signed", quoting(text, quotes_signed=frozenset({("leader", digest(WORDS))})))


@pytest.mark.parametrize("change", ["We will not let a family wait", "we will not let families wait", WORDS + "!"])
def test_other_words_need_their_own_sign_off(change: str) -> None:
    assert found(
        "quote-signed", quoting(f"“{change},” said the Chair of the Example Board.", quotes_signed=SIGNED)
    )


@pytest.mark.parametrize("spelled", [WORDS.replace(" ", "  "), WORDS + ".", WORDS.replace("e", "\u200be")])
def test_space_and_stops_at_the_end_are_the_same_words(spelled: str) -> None:
    text = f"“{spelled}” said the Chair of the Example Board."
    assert not found("quote-signed", quoting(text, quotes_signed=SIGNED))


def test_somebody_whom_nobody_knows_is_quoted_too() -> None:
    text = f"“{WORDS},” said a foster carer."
    assert "somebody" in said("quote-signed", quoting(text))
    assert not found("quote-signed", quoting(text, quotes_signed=SIGNED))


@pytest.mark.parametrize(
    "text",
    [
        "The “family hub” is open.",
        "It’s families’ choice, and children’s too, they said.",
        "The report is called “Bright Futures for all of them”.",
        "You are allowed to say “I will call you back”. Colleagues say it daily.",
        "Don't wait: it isn't too late, 'tis said.",
        TEXT,
    ],
)
def test_titles_and_apostrophes_are_no_quotes(text: str) -> None:
    assert not found("quote-signed", quoting(text))


def test_a_declared_quote_is_found_without_marks() -> None:
    told = message(quote=Quote("chair", WORDS))
    text = f"The board is clear: {WORDS}."
    assert found("quote-signed", quoting(text, told=told))
    assert not found("quote-signed", quoting(text, told=told, quotes_signed=SIGNED))
    assert found("quote-signed", quoting(text, told=told, quotes_signed=frozenset({("leader", digest(WORDS))})))


def test_a_posting_time_passes_an_unsigned_quote_over() -> None:
    text = f"“{WORDS},” said the Chair of the Example Board."
    (one,) = found("quote-signed", quoting(text, origin=Origin.LIBRARY))
    assert one.level is Level.REFUSE


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_no_disguise_hides_a_quote(data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(["“”", '""', "„“", "«»", "‘’", "❝❞"]))
    who = data.draw(disguised("said the Chair of the Example Board"))
    words = data.draw(disguised(WORDS))
    text = f"{mark[0]}{words}{mark[1]} {who}"
    assert found("quote-signed", quoting(text)), text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    judge(quoting(f"“{text}” said {text}"), RULES)


def test_words_on_a_picture_are_quoted_as_well() -> None:
    shown = picture(alt="A card: “We will keep every door open,” says Demo Leader")
    assert found("quote-signed", quoting("Help early.", media=(shown,)))
    assert found("quote-signed", quoting("Help early.\n---\n“We will keep every door open,” says Demo Leader"))


@pytest.mark.parametrize(
    "text",
    [
        "The Chair of the Example Board: We will not let families wait",
        "Chair of the Example Board says: We will not let families wait.",
        "> We will not let families wait — Chair of the Example Board",
        "We will not let families wait. – The Chair of the Example Board",
        "We will not let families wait -- Chair of the Example Board #GettingTheBest",
        "We will not let families wait, said the Chair of the Example Board.",
        "Good news. We will not let families wait, says the chair of the Example Board today.",
    ],
)
def test_words_without_marks_are_somebodys_words_too(text: str) -> None:
    (one,) = found("quote-signed", quoting(text))
    assert "Chair of the Example Board" in one.message
    assert not found("quote-signed", quoting(text, quotes_signed=SIGNED))


@pytest.mark.parametrize(
    "text",
    [
        "The Chair of the Example Board opens the hub at noon: come along to it!",
        "Family hubs are open, said the Chair of the Example Board.",
        "Come and meet the Chair of the Example Board – the hub is open to all of us.",
        "Opening times: nine to five. The Chair of the Example Board will be there.",
    ],
)
def test_what_is_told_of_somebody_is_no_quote(text: str) -> None:
    assert not found("quote-signed", quoting(text))


EVERY_MARK = [one for one in map(chr, range(0x1F000)) if {'"', "'"} & set(_straight(one))]


@pytest.mark.parametrize("mark", EVERY_MARK)
@pytest.mark.parametrize(
    "form", ["She said {}{}{}.", "She said{}{}{}.", "She said:{}{}", "({}{}{}) she said", "{}{}"]
)
def test_the_quick_look_passes_no_mark_over(form: str, mark: str) -> None:
    """Most posts quote nobody: they are told from the others by one look, which must miss nothing."""
    for first, last in ((mark, mark), (mark, ""), ("\u200b" + mark, mark), (mark * 2, mark * 2)):
        text = form.format(first, WORDS, last)
        assert len(quotations(text, ())) >= len(list(_marked(text, ()))), repr(text)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("a'\"“’´`′‴ʼ\u200b said:.,\n"), max_size=60))
def test_the_quick_look_finds_what_the_long_one_does(text: str) -> None:
    assert quotations(text, ()) == list(_marked(text, ()))
