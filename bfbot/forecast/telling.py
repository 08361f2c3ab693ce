"""What a look ahead found, in sentences that the page and the command share. Pure."""

from __future__ import annotations

from bfbot.domain.localtime import local
from bfbot.forecast.grouped import RefusedFor
from bfbot.forecast.outlook import Cost, Fate

NAMED = 3
COUNTED = {Fate.GOES_OUT: "to go out", Fate.WAITS: "waiting for approval", Fate.STOPPED: "stopped"}
"""Behind a number of posts."""


def span_told(one: RefusedFor, zone: str) -> str:
    """`30 November 2026`, or `30 November 2026 to 17 December 2026`."""
    first, last = (f"{local(at, zone):%-d %B %Y}" for at in (one.first, one.last))
    return first if first == last else f"{first} to {last}"


def messages_told(messages: tuple[str, ...]) -> str:
    """The first few by name: `a, b, c and 21 more`."""
    more = len(messages) - NAMED
    named = ", ".join(messages[:NAMED])
    return f"{named} and {more} more" if more > 0 else named


def cost_told(one: Cost) -> str:
    """The sum, what it is made of, of which day the prices are, and that it is an estimate."""
    plain, linked = count_told(one.plain, "post"), count_told(one.linked, "post")
    made_of = (
        f"{plain} without a link at {one.plain_price} and {linked} with one at {one.link_price} {one.currency}, "
        f"by the price list of {one.prices_of:%-d %B %Y}"
    )
    if one.supposed:
        return (
            f"No account is on {one.label}. If each of these posts went out there as well, it would cost about "
            f"{one.amount:.2f} {one.currency}: {made_of}."
        )
    return f"About {one.amount:.2f} {one.currency}: {made_of}. What waits for approval is counted."


def count_told(many: int, thing: str) -> str:
    """`1 post`, `1,200 posts`."""
    return f"1 {thing}" if many == 1 else f"{many:,} {thing}s"
