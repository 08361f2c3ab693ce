"""How a post is written: length, pictures, alt text, hashtags, lettering, sentences, links, copies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bfbot.domain.finding import Level
from bfbot.domain.proof import Proof, ProofPart
from bfbot.domain.states import DeliveryState
from bfbot.rules.alt_text import is_file_name
from bfbot.rules.emoji import emoji
from bfbot.rules.hashtags import body, joined
from bfbot.rules.plain_english import sentences
from bfbot.rules.variants import nearly_alike
from tests.rules.cases import TEXT, case, found, picture, said, waiting
from tests.rules.team_files import LGA, LIMITS


def test_each_part_is_measured_and_the_long_one_named() -> None:
    parts = (ProofPart("First.", 500), ProofPart("The end of the second part.", 512))
    message = said("length", case(proof=Proof("lga-mastodon", "mastodon", parts)))
    assert "Part 2" in message
    assert "512" in message
    assert "second part.”" in message
    assert "Shorten it by 12" in message


def test_a_network_is_called_as_people_call_it() -> None:
    long = Proof("lga-mastodon", "rehearsal", (ProofPart("x", 512),))
    named = replace(LIMITS, label="Practice channel")
    message = said("length", case(proof=long, limits=named))
    assert "as Practice channel counts them" in message
    assert "write Practice channel a text of its own" in message
    assert "rehearsal" not in message


def test_the_length_is_the_networks_not_the_number_of_letters() -> None:
    assert not said("length", case(proof=Proof("lga-mastodon", "mastodon", (ProofPart("x" * 900, 499),))))


def test_a_network_that_wants_a_picture_gets_one() -> None:
    wanting = replace(LIMITS, image_required=True)
    assert "without a picture" in said("media-count", case(limits=wanting))
    assert not said("media-count", case(limits=wanting, media=(picture(),)))


def test_a_picture_at_the_size_limit_passes() -> None:
    assert not said("media-kind", case(media=(picture(size=2_000_000),)))
    assert "2,000,001 bytes" in said("media-kind", case(media=(picture(size=2_000_001),)))


@pytest.mark.parametrize(
    "alt",
    [
        "card.png",
        "IMG_2041.JPG",
        "IMG 2041",
        "DSC00012",
        "enquiries-rise.jpeg",
        "pictures/card.webp",
        "Screenshot 2026-11-21",
        "“chart final v2.png”",
        "photo (3)",
        "ＩＭＧ_2041",
        "IMG 1234 . JPG",
        "park_png",
        "DCIM0001",
        "Screenshot 2026-01-01 at 10.00.00",
        "WhatsApp Image 2026-01-01",
    ],
)
def test_a_file_name_is_no_alt_text(alt: str) -> None:
    assert is_file_name(alt)
    assert "name of a file" in said("alt-words", case(media=(picture(alt=alt),)))


@pytest.mark.parametrize(
    "alt", ["Two social workers at a table.", "139 per cent", "Card: enquiries rose.", "Photographers at work"]
)
def test_words_are_alt_text(alt: str) -> None:
    assert not said("alt-words", case(media=(picture(alt=alt),)))


@pytest.mark.parametrize(
    "alt",
    [
        "Image of a chart",
        "picture of children",
        "An image of a chart",
        "PHOTO OF a nurse",
        "The graphic showing bars",
        "  image  of a chart",
        "Im\u200bage of a chart",
        "“Screenshot of a page”",
        "Images of a park",
        "Image: a park",
        "Photo - a park",
        "Imageof a park",
        "A close-up photo of a park",
        "A photo that shows a park",
        "Delwedd o barc",
    ],
)
def test_alt_text_does_not_say_that_it_is_a_picture(alt: str) -> None:
    assert "starts with" in said("alt-words", case(media=(picture(alt=alt),)))


@pytest.mark.parametrize(
    "alt", ["photo", "A picture.", "Image", "alt text", "N/A", "none", "TBC", "Untitled", "[placeholder]", "Llun"]
)
def test_alt_text_that_says_nothing(alt: str) -> None:
    assert "says nothing of the picture" in said("alt-words", case(media=(picture(alt=alt),)))


def test_an_image_in_the_middle_is_a_word_like_others() -> None:
    assert not said("alt-words", case(media=(picture(alt="A child draws an image of home"),)))


def test_the_same_picture_on_two_accounts_is_told_once() -> None:
    asked = case(accounts=("lga-mastodon", "lga-x"), media=(picture(alt=""),))
    assert len(found("alt-missing", asked)) == 1


@pytest.mark.parametrize("tag", ["gettingthebest", "GETTINGTHEBEST", "Gettingthebest"])
def test_the_campaigns_hashtag_in_another_case_is_mended_and_told(tag: str) -> None:
    asked = case(f"{TEXT} #{tag}")
    assert f"“#{tag}” goes out as “#GettingTheBest”" in said("hashtag-campaign", asked)
    assert "#GettingTheBest" in asked.proofs["lga-mastodon"].text
    assert not said("hashtag-capitals", asked)


@pytest.mark.parametrize("tag", ["socialwork", "childrensservices", "early_help", "mentalhealth", "x" * 15])
def test_several_words_in_lower_case(tag: str) -> None:
    assert joined(tag)


@pytest.mark.parametrize(
    "tag", ["safeguarding", "education", "fostering", "ncasc", "SocialWork", "Safeguarding2026"]
)
def test_one_word_or_capitals_pass(tag: str) -> None:
    assert not joined(tag)


def test_the_fragment_of_an_address_is_no_hashtag() -> None:
    assert not said("hashtag-capitals", case(f"{TEXT} https://local.gov.uk/a#socialwork"))


def test_hashtags_and_links_at_the_end_in_any_order() -> None:
    assert body("Help early. https://gov.uk #One — (#Two) …") == "Help early."
    assert not said("hashtag-place", case(f"{TEXT} {{link}} {{hashtag}}"))
    assert "#Families" in said("hashtag-place", case("Our #Families need help."))


def test_sentences_end_at_stops_and_lines_not_at_decimals() -> None:
    assert sentences("The gap is £3.1bn. It grows!\nWhy? (Source: LGA, 2018)") == [
        "The gap is £3.1bn.",
        "It grows!",
        "Why?",
    ]


def test_families_and_flags_are_one_emoji() -> None:
    assert len(emoji("👨‍👩‍👧 🇬🇧 👍🏽 ❤️ 1️⃣")) == 5
    assert emoji("£3.1bn, 139% — © 2026 #1") == []


def test_an_emoji_that_comes_twice() -> None:
    assert "comes 2 times" in said("emoji", case("Help 🙂 early 🙂"))


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "ftp://gov.uk/a",
        "file:///etc/passwd",
        "//gov.uk/a",
        "www.gov.uk",
        "https://",
        "https:// gov.uk",
        "https://gov.uk@evil.example/",
        "https://[gov.uk",
        "data:text/html,x",
    ],
)
def test_a_link_that_is_no_web_address_is_refused(link: str) -> None:
    assert found("link-web", case(link=link))[0].level is Level.REFUSE


@pytest.mark.parametrize("text", ["See ftp://gov.uk/a now", "See JAVASCRIPT:alert(1)", "Write mailto:ann@gov.uk"])
def test_other_schemes_are_found_in_the_text(text: str) -> None:
    assert said("link-web", case(text))


@pytest.mark.parametrize(
    "text", ["Our data: what we found", "HTTPS://GOV.UK/a", "Ratio 3:1, at 12:30", "File: a form"]
)
def test_colons_are_no_links(text: str) -> None:
    assert not said("link-web", case(text))


@pytest.mark.parametrize(
    "query",
    ["?to=ann@kent.gov.uk", "?utm_source=x&to=ann%40kent.gov.uk", "?ann@kent.gov.uk", "?to=ann%2540kent.gov.uk"],
)
def test_an_e_mail_address_in_a_link(query: str) -> None:
    assert said("link-personal", case(link=f"https://gov.uk/{query}"))


def test_a_profile_in_a_path_is_no_e_mail_address() -> None:
    assert not said("link-personal", case(link="https://social.example/@council?utm_source=x"))


def test_the_campaigns_page_twice_is_one_link() -> None:
    assert not said("link-count", case(f"{TEXT} {LGA.link}."))


def test_near_copies() -> None:
    assert nearly_alike(f"{TEXT} https://a.example #Aa", f"{TEXT.upper()}  #Bb")
    assert nearly_alike(TEXT, TEXT.replace("early", "ear\u200bly"))
    assert not nearly_alike(TEXT, "Councils ask Government to fund children's services in full.")


def test_a_withdrawn_sister_is_no_copy() -> None:
    asked = case(accounts=("lga-x", "lga-x-two"))
    gone = replace(asked.post.deliveries[1], state=DeliveryState.WITHDRAWN)
    post = replace(asked.post, deliveries=(asked.post.deliveries[0], gone))
    assert not said("variants", replace(asked, post=post, deliveries=(asked.deliveries[0],)))


def test_the_same_account_may_say_it_again() -> None:
    assert not said("variants-queue", case(accounts=("lga-x",), queued=(waiting(TEXT, "lga-x"),)))


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u00a0", "#GettingTheBest", "https://gov.uk/a", "{hashtag} …"])
def test_nothing_said(text: str) -> None:
    assert said("text-empty", case(text))


@pytest.mark.parametrize("text", ["{fact:rise}", "{title} {link}", "Ok"])
def test_a_figure_or_a_title_is_a_text(text: str) -> None:
    assert not said("text-empty", case(text))


@pytest.mark.parametrize(
    "left", ["{council}", "{ fact:rise }", "{fact:rise", "{fa\u200bct:rise}", "{{link}}", "a } b"]
)
def test_what_was_not_filled_in_never_goes_out(left: str) -> None:
    proof = Proof("lga-mastodon", "mastodon", (ProofPart(f"New: {left}", 20),))
    assert said("text-unfilled", case(proof=proof))
    assert said("text-unfilled", case(media=(picture(alt=f"Chart {left}"),)))
