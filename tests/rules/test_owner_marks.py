"""Another organisation is recognised however it is written, and ordinary words are left in peace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bfbot.rules.owner_marks import Marks, host_of, marks_in
from tests.rules.cases import case, found
from tests.rules.team_files import CCN, LGA, REVISION
from tests.rules.test_figure_sets import _posts

THEIRS = (Marks("CCN", ("County Councils Network",), "https://www.countycouncilsnetwork.org.uk/children"),)
OURS = (Marks("LGA", ("Local Government Association",), "https://www.local.gov.uk/bright-futures"),)

NAMED = """
CCN | ccn | The CCN’s plan | CCNʼs | C.C.N. | C. C. N. | C/C/N | C—C—N | C‑C‑N | C+C+N | LGA/CCN | CÇN
ССN | ＣＣＮ | C\u200bC\u00adN
#CCN | #CCN2026 | #CCNconference | #LGACCN | #CCNLGA | #WithCCN | @CCNOffice | @ccn_office | CCN_news
CCNnews
County Councils Network | county  councils network’s | County-Councils-Network
County/Councils/Network | County CouncilsNetwork
County Councils’ Network | County\\nCouncils Network | Çounty Cóuncils Network | C0unty Councils Network
#CountyCouncilsNetwork | #countycouncilsnetwork | #COUNTYCOUNCILSNETWORK | @countycouncilsnetworkuk
#CountyCouncilsNetworkConference
countycouncilsnetwork.org.uk | www.countycouncilsnetwork.org.uk. | COUNTYCOUNCILSNETWORK.ORG.UK
(countycouncilsnetwork.org.uk)
https://news.countycouncilsnetwork.org.uk/x | https://me@www.countycouncilsnetwork.org.uk/x
ftp://countycouncilsnetwork.org.uk
https://www.countycouncilsnetwork.org.uk:443 | https://countycouncilsnetwork%2Eorg.uk
press@countycouncilsnetwork.org.uk
https://example.org/?to=https://www.countycouncilsnetwork.org.uk/x
"""
ORDINARY = """
county councils | County Councils | A network of county councils | The county council's network is small
A county councils networking day | For all county councils. Network with them on Friday | CCNA | #CCNA
DCCNet | account | c c d n
The LGA | www.local.gov.uk/ccs | https://example.org/ccnews
"""


def each(listed: str) -> list[str]:
    return [one.strip() for line in listed.strip().splitlines() for one in line.split(" | ")]


@pytest.mark.parametrize("words", each(NAMED))
def test_however_it_is_written(words: str) -> None:
    text = f"With {words} we ask".replace("\\n", "\n")
    assert [owner for owner, _ in marks_in(text, THEIRS, "LGA", (LGA.link,))] == ["CCN"]


@pytest.mark.parametrize("words", each(ORDINARY))
def test_ordinary_words_are_left_in_peace(words: str) -> None:
    assert not marks_in(f"With {words} we ask", THEIRS, "LGA", (LGA.link,))


@pytest.mark.parametrize(
    "words", ["#LocalGovernmentAssociation", "@LGAcomms", "LGA", "local.gov.uk", "media@local.gov.uk", "L G A"]
)
def test_the_other_way_round(words: str) -> None:
    assert marks_in(f"With {words} we ask", OURS, "CCN", (CCN.link,))


@pytest.mark.parametrize(
    "words",
    [
        "local government",
        "Local government. Association football",
        "Local government leaders",
        "algae",
        "kent.gov.uk",
    ],
)
def test_ordinary_words_of_local_government(words: str) -> None:
    assert not marks_in(f"With {words} we ask", OURS, "CCN", (CCN.link,))


@pytest.mark.parametrize("name", ["ordinary", "ordinary_second", "ordinary_held_out", "statistics"])
def test_none_of_the_posts_of_a_press_office_is_held_by_mistake(name: str) -> None:
    found = [one for one in _posts(name) if marks_in(one, THEIRS, "LGA", ()) or marks_in(one, OURS, "CCN", ())]
    assert found == []


def test_whose_a_site_is_the_nearer_name_says() -> None:
    theirs = (Marks("CCN", (), "https://example.org"),)
    assert marks_in("See news.example.org", theirs, "LGA", ("https://lga.example.org/x",))
    assert not marks_in("See www.lga.example.org/x", theirs, "LGA", ("https://lga.example.org/x",))
    assert not marks_in("See example.org/x", theirs, "LGA", ("example.org",)), "one site for both says nothing"
    for other in ("notexample.org", "example.org.uk", "my-example.org"):
        assert not marks_in(f"See {other}", theirs, "LGA", ())
    below = (Marks("CCN", (), "https://ccn.example.org"),)
    assert marks_in("See https://ccn.example.org/x", below, "LGA", ("example.org",))


def test_a_site_of_another_campaign_of_ours_is_ours() -> None:
    second = replace(LGA, id="second", link="https://www.countycouncilsnetwork.org.uk/with-us")
    known = replace(REVISION, campaigns={**REVISION.campaigns, "second": second})
    assert found("owner-names", case("See https://www.countycouncilsnetwork.org.uk/more"))
    assert not found("owner-names", case("See https://www.countycouncilsnetwork.org.uk/more", revision=known))


def test_two_others_in_one_text() -> None:
    third = Marks("Third Sector", (), "https://third.example/x")
    found = marks_in("With CCN and www.third.example", (*THEIRS, third), "LGA", (LGA.link,))
    assert found == (("CCN", "CCN"), ("Third Sector", "third.example"))


def test_a_handle_that_the_files_name() -> None:
    told = (replace(THEIRS[0], also_called=("@example_of_theirs",)),)
    assert marks_in("Thanks to @Example_of_Theirs!", told, "LGA", ())


def test_what_a_card_shows_counts() -> None:
    fact = REVISION.facts["rise"]
    shown = replace(fact, source=replace(fact.source, name="County Councils Network survey"))
    known = replace(REVISION, facts={**REVISION.facts, "rise": shown})
    assert [one.about for one in found("owner-names", case(cards=("rise",), revision=known))] == ["CCN"]
    assert not found("owner-names", case(cards=("rise",)))


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://me:word@WWW.Example.org:443/a?b#c", "example.org"),
        ("example.org.", "example.org"),
        ("https://example.org?x", "example.org"),
        ("", ""),
    ],
)
def test_the_host_of_an_address(link: str, host: str) -> None:
    assert host_of(link) == host
