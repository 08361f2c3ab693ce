"""From an author's text to the words that go out."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bfbot.domain.campaign import Campaign
from bfbot.domain.wording import fact_ids, placeholders, resolve
from bfbot.errors import ContentRefused
from tests.domain.test_figures import fact

LINK = "https://www.example.org/campaign?from=mastodon"
CAMPAIGN = Campaign(
    "bf", "Bright", "LGA", "GettingTheBest", "https://www.example.org/campaign", "desk@example.org", ()
)
FACTS = {
    one.id: one
    for one in (
        fact(id="rise", period="2008/09 to 2018/19"),
        fact("201170", "enquiries", id="enquiries"),
        fact("800000000", "GBP", "more_than", id="overspend", period="2017/18"),
        fact("1600", "children", id="families"),
        fact("5", id="bare", source=None),
        fact("15", qualifier="up_to", id="county", owner="CCN", period="2020-21"),
    )
}
END = f"{LINK} #GettingTheBest"


def words(text: str, link: str = LINK, **extras: str) -> tuple[str, ...]:
    return resolve(text, facts=FACTS, campaign=CAMPAIGN, link=link, extras=extras)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Up by {fact:rise}.", f"Up by 139 per cent. (Source: LGA, 2008/09 to 2018/19)\n\n{END}"),
        ("{fact:overspend} over.", f"More than £800 million over. (Source: LGA, 2017/18)\n\n{END}"),
        ("It grew. {fact:overspend}!", f"It grew. More than £800 million! (Source: LGA, 2017/18)\n\n{END}"),
        ("Now {fact:overspend}", f"Now more than £800 million (Source: LGA, 2017/18)\n\n{END}"),
        # same owner, same period: told once; another period joins it; another owner stands apart
        ("{fact:enquiries} {fact:families}", f"201,170 1,600 children (Source: LGA, 2018/19)\n\n{END}"),
        (
            "{fact:rise} {fact:enquiries}",
            f"139 per cent 201,170 (Source: LGA, 2008/09 to 2018/19 and 2018/19)\n\n{END}",
        ),
        (
            "{fact:rise} x {fact:county}",
            f"139 per cent x up to 15 per cent (Source: LGA, 2008/09 to 2018/19; CCN, 2020-21)\n\n{END}",
        ),
        # what the text says itself is not said again
        (
            "{fact:rise} ({source:rise}, {period:rise})",
            f"139 per cent (Campaign page, 2008/09 to 2018/19)\n\n{END}",
        ),
        ("{fact:rise} in {period:rise}", f"139 per cent in 2008/09 to 2018/19 (Source: LGA)\n\n{END}"),
        ("{fact:rise}, {source:rise}", f"139 per cent, Campaign page (2008/09 to 2018/19)\n\n{END}"),
        ("{fact:enquiries} (LGA, 2018/19)", f"201,170 (LGA, 2018/19)\n\n{END}"),
        ("{fact:bare}", f"5 per cent\n\n{END}"),
        # the end: before a closing run of links and hashtags
        ("Read {fact:rise} {link} {hashtag}", f"Read 139 per cent (Source: LGA, 2008/09 to 2018/19) {END}"),
        ("Read\n\n{hashtag}", f"Read\n\n{END}"),
        ("Read {link}.", f"Read {LINK}. #GettingTheBest"),
        (
            "See https://www.example.org/campaign now",
            "See https://www.example.org/campaign now\n\n#GettingTheBest",
        ),
        ("Say #gettingthebest with us", f"Say #GettingTheBest with us\n\n{LINK}"),
        ("#GETTINGTHEBEST", f"{LINK} #GettingTheBest"),
        ("By {owner}  \nand us ", f"By LGA\nand us\n\n{END}"),
        ("{link}", END),
    ],
)
def test_what_goes_out(text: str, sent: str) -> None:
    assert words(text) == (sent,)


def test_a_hashtag_in_an_address_is_no_hashtag() -> None:
    text = "https://www.example.org/page#gettingthebest and https://www.example.org/#gettingthebest"
    assert words(text, link="")[0] == f"{text} #GettingTheBest"


def test_a_longer_word_is_another_hashtag() -> None:
    assert words("#gettingthebestever", link="") == ("#gettingthebestever #GettingTheBest",)


def test_a_thread_has_its_link_first_and_its_hashtag_last() -> None:
    assert words("One {fact:enquiries}.\n---\nTwo {fact:enquiries}, {fact:overspend}.\n ---  \nThree.") == (
        f"One 201,170. (Source: LGA, 2018/19)\n\n{LINK}",
        "Two 201,170, more than £800 million. (Source: LGA, 2017/18)",
        "Three.\n\n#GettingTheBest",
    )


def test_no_empty_part_is_made() -> None:
    assert words("---\nOne\n---\n\n---\nTwo\n---", link="") == ("One", "Two\n\n#GettingTheBest")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{colour}", "{colour} is not a placeholder here. Known ones: {fact:…}, {period:…}, {source:…}, {link}"),
        ("{title}", "{title} is not a placeholder"),
        ("{ link }", "{ link } is not a placeholder"),
        ("{}", "{} is not a placeholder"),
        ("{fact:}", "{fact:} is not a placeholder"),
        ("{link.__class__}", "is not a placeholder"),
        ("{fact:enquires}", "no statistic “enquires” ({fact:enquires}). Did you mean enquiries?"),
        ("{period:zzz}", "no statistic “zzz”"),
        ("up {fact:rise and more", "not closed: “{fact:rise and more”"),
    ],
)
def test_an_unknown_placeholder_is_refused_by_name(text: str, told: str) -> None:
    with pytest.raises(ContentRefused) as refused:
        words(text)
    assert told in str(refused.value)


def test_braces_that_are_no_placeholder_stay() -> None:
    assert words("A set { of things", link="")[0].startswith("A set { of things")


def test_what_a_feed_says_is_never_expanded_and_opens_no_part() -> None:
    title = "{fact:rise} {owner}\n---\n{link} %s {0}"
    assert words("New: {title}", title=title) == (f"New: {title}\n\n{END}",)


def test_what_a_feed_says_cannot_take_the_place_of_our_own_names() -> None:
    assert words("{owner}", owner="Mallory", link="")[0].startswith("LGA")


def test_facts_are_named_in_order_and_once() -> None:
    assert fact_ids("{fact:b} {period:a} {fact:b} {source:c} {link}") == ("b", "a", "c")
    assert placeholders("{fact:b} {x} {fact:c") == ("fact:b", "x", "")


FEED_TEXT = st.text(st.one_of(st.sampled_from("{}#: -\n"), st.characters()), max_size=60)


@example(" #0")  # a number behind a # is no hashtag
@given(FEED_TEXT)
def test_any_feed_text_comes_through_as_it_is(title: str) -> None:
    (sent,) = words("New: “{title}”", title=title)
    shown = "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", f"New: “{title}”").splitlines())
    assert shown.casefold() in sent.casefold()  # the campaign's hashtag alone may change, in its capitals


@given(
    st.lists(st.sampled_from(["{fact:rise}", "{link}", "{hashtag}", "#gettingTHEbest", "word.", "\n", "é", LINK]))
)
def test_link_and_hashtag_are_there_and_spaces_are_not(pieces: list[str]) -> None:
    (sent,) = words(" ".join(pieces))
    assert LINK in sent
    assert "#GettingTheBest" in sent
    assert "#gettingTHEbest" not in sent
    assert sent == unicodedata.normalize("NFC", sent).strip()
    assert not any(line != line.rstrip() for line in sent.splitlines())
    assert sent.count("(Source") <= 1


@given(st.text(max_size=200))
def test_any_author_text_is_sent_or_refused(text: str) -> None:
    try:
        parts = words(text)
    except ContentRefused:
        return
    assert parts
    assert all(parts)


def test_long_runs_of_spaces_cost_no_time() -> None:
    began = time.process_time()
    assert words("x" + " " * 9000 + "y", link="")[0].endswith("#GettingTheBest")
    assert time.process_time() - began < 0.5
