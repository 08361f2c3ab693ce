"""The rules of access and links are not got round by spacing, capitals, look-alikes or what nobody sees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.finding import Level
from bfbot.rules.base import Case, judge
from bfbot.rules.catalogue import RULES
from tests.rules.cases import TEXT, case, found, picture
from tests.rules.test_no_dodging import UNSEEN, disguised

LIKE = str.maketrans("aceopxyAHTE", "асеорхуАНТЕ")
COLOURS = ["", "\ufe0f", "\U0001f3fb", "\U0001f3ff"]


def _alt(text: str) -> Case:
    return case(media=(picture(alt=text),))


def _alts(text: str) -> Case:
    return case(media=(picture(alt=text), picture(alt="Two nurses at a door", digest="b" * 64)))


def _link(text: str) -> Case:
    return case(link=f"https://local.gov.uk/?to={text}")


@pytest.mark.parametrize(
    ("rules", "text", "made"),
    [
        ("hashtag-place", "Our #Families need help now", case),
        ("alt-missing", " ", _alt),
        ("alt-words", "picture of two nurses", _alt),
        ("alt-words", "screenshot 12.png", _alt),
        ("alt-short-or-long", "A chart", _alt),
        ("alt-repeated", "two nurses at a door", _alts),
        ("alt-repeated", TEXT, _alt),
        ("link-personal", "ann@kent.gov.uk", _link),
        ("sentence-length", "word " * 26, case),
    ],
)
@settings(max_examples=25)
@given(data=st.data())
def test_a_disguise_does_not_help(rules: str, text: str, made: type[Case], data: st.DataObject) -> None:
    assert found(rules, made(data.draw(disguised(text))))  # type: ignore[call-arg]  # a maker of cases, not a class


@settings(max_examples=40)
@given(st.lists(st.sampled_from(COLOURS), min_size=2, max_size=4), st.sampled_from(["👍", "✋", "🤝"]))
def test_an_emoji_in_another_colour_is_the_same_again(colours: list[str], one: str) -> None:
    assert found("emoji", case(f"Help early {' '.join(one + colour for colour in colours)}"))


@pytest.mark.parametrize(
    "tag",
    [
        "socialwork",
        "Socialwork",
        "SOCIALWORK",
        "social_work",
        "ｓｏｃｉａｌｗｏｒｋ",
        "social\u200bwork",
        "socialw\u2060ork",
    ],
)
def test_a_hashtag_of_two_words_is_one_in_any_guise(tag: str) -> None:
    assert found("hashtag-capitals", case(f"{TEXT} #{tag}"))


@settings(max_examples=40)
@given(data=st.data())
def test_the_campaigns_hashtag_is_known_in_any_case(data: st.DataObject) -> None:
    letters = "".join(data.draw(st.sampled_from([one, one.upper()])) for one in "gettingthebest")
    asked = case(f"{TEXT} #{letters}")
    assert asked.proofs["lga-mastodon"].text.endswith("#GettingTheBest")
    assert found("hashtag-campaign", asked) or letters == "GettingTheBest"


@settings(max_examples=40)
@given(data=st.data())
def test_letters_of_another_alphabet_and_unseen_ones_never_pass(data: st.DataObject) -> None:
    """Whatever a rule would not recognise in such a text: the text itself is refused."""
    place = data.draw(st.integers(0, len(TEXT)))
    odd = TEXT[:place] + data.draw(st.sampled_from(UNSEEN)) + TEXT[place:]
    if data.draw(st.booleans()):
        odd = "A" + TEXT.translate(LIKE)[:place] + TEXT[place:]
    told = {one.rule for one in judge(case(odd), RULES) if one.level is Level.REFUSE}
    assert told & {"plain-letters", "unseen-characters"} or odd.isascii() or "\ufe0f" in odd


@pytest.mark.parametrize("at", ["@", "%40", "%2540", "＠", "%EF%BC%A0", "\u200b@", "@\u2060"])
@pytest.mark.parametrize("where", ["?to=", "?a=1&to=", "#to=", "?utm_content="])
def test_an_e_mail_address_is_found_wherever_it_hides(at: str, where: str) -> None:
    assert found("link-personal", case(link=f"https://local.gov.uk/{where}ann{at}kent.gov.uk"))


@pytest.mark.parametrize(
    "link",
    [
        "https://local.gov.uk/ann@kent.gov.uk",
        "https://local.gov.uk/u/ann%40kent.gov.uk/x",
        "https://local.gov.uk/?a=1#ann%2540kent.gov.uk",
        "https://local.gov.uk/?to=ann%25252540kent.gov.uk",
        "https://local.gov.uk/?to=ann(at)kent.gov.uk",
        "https://local.gov.uk/;to=ann@kent.gov.uk",
        "https://local.gov.uk/?to=YW5uQGtlbnQuZ292LnVr",
        "https://local.gov.uk?to=ann@kent.gov.uk",
        "https://local.gov.uk/?first_name=Ann",
        "https://local.gov.uk/?a=b&Phone=07700900123",
        "https://local.gov.uk/?dob=2001-01-01",
    ],
)
def test_no_form_hides_personal_data_in_a_link(link: str) -> None:
    assert found("link-personal", case(link=link))
    assert found("link-personal", case(f"Read {link} now.", link=""))
    assert found("link-personal", case(f"Read {link.removeprefix('https://')} now.", link=""))


def test_a_link_without_its_scheme_is_a_second_one() -> None:
    assert found("link-count", case(f"{TEXT} See example.org/more"))
    assert not found("link-count", case(f"{TEXT} See Kent.Children are well."))


@pytest.mark.parametrize(
    "link",
    [
        "https://social.example/@ann@kent.social/4711",
        "https://local.gov.uk/?name=homes&page=2",
        "https://local.gov.uk/email=policy",
        "https://local.gov.uk/2f8a91c04b7e4d5f9a6b3c2d1e0f?x=aGVsbG8gd29ybGQgaGVsbG8",
        "https://local.gov.uk/?email=",
    ],
)
def test_ordinary_links_pass(link: str) -> None:
    assert not found("link-personal", case(link=link))


@pytest.mark.parametrize(
    "link", ["ＪＡＶＡＳＣＲＩＰＴ:alert(1)", "java\u200bscript:alert(1)", " ftp://e.org/a", "\u2060mailto:a@b.uk"]
)
def test_another_scheme_is_found_in_any_guise(link: str) -> None:
    assert found("link-web", case(link=link))
