"""The shipped pictures without figures, and how they are drawn again: python -m tests.content.pictures"""

from __future__ import annotations

from pathlib import Path

from bfbot.domain.campaign import Campaign
from bfbot.media.cards import theme_svg
from bfbot.media.drawing import draw
from bfbot.media.encoding import reencode

ROOT = Path(__file__).resolve().parents[2]
BRIGHT = Campaign("bright-futures", "Bright Futures", "LGA", "GettingTheBest", "", "", ())
COUNTY = Campaign("county-children", "County Children", "CCN", "CountyChildren", "", "", ())
BRIGHT_PAGE, COUNTY_PAGE = "local.gov.uk/bright-futures", "countycouncilsnetwork.org.uk"

# file name: campaign, title, sentence, words in the band
PICTURES = {
    "outcomes": (
        BRIGHT,
        "Outcomes for children",
        "Safe, heard, and believed in. That is what a good childhood is made of.",
        BRIGHT_PAGE,
    ),
    "leadership": (BRIGHT, "Local leadership", "Would this be good enough for my own child?", BRIGHT_PAGE),
    "improvement": (BRIGHT, "Continuous improvement", "Look, ask, change one thing, look again.", BRIGHT_PAGE),
    "right-support": (
        BRIGHT,
        "Right support at the right time",
        "Help that comes early can keep a worry from becoming a crisis.",
        BRIGHT_PAGE,
    ),
    "funding": (
        BRIGHT,
        "Sustainable funding",
        "Steady money means the same worker is still there next year.",
        BRIGHT_PAGE,
    ),
    "what-works": (BRIGHT, "Evidence of what works", "Did it help? Ask, measure, and tell others.", BRIGHT_PAGE),
    "workforce": (
        BRIGHT,
        "Support for social workers",
        "Time, trust and a good manager keep good people in the job.",
        BRIGHT_PAGE,
    ),
    "county-families": (COUNTY, "Help for families", "No village is too far away to be reached.", COUNTY_PAGE),
    "county-homes": (
        COUNTY,
        "Homes for children in care",
        "Close to school, friends and all that is familiar.",
        COUNTY_PAGE,
    ),
}


def main() -> None:
    import tempfile

    folder = ROOT / "messages" / "pictures"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, words in PICTURES.items():
            (folder / f"{name}.png").write_bytes(reencode(draw(theme_svg(*words), root=Path(scratch))))


if __name__ == "__main__":
    main()
