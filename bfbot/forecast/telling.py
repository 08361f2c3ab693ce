"""What a look ahead found, in sentences that the page and the command share. Pure."""

from __future__ import annotations

from bfbot.domain.localtime import local
from bfbot.forecast.outlook import Cost, PassedOver


def span_told(one: PassedOver, zone: str) -> str:
    """`8 posting times, 30 November 2026 to 17 December 2026`."""
    first, last = local(one.first, zone), local(one.last, zone)
    if one.times == 1:
        return f"{first:%-d %B %Y, %H:%M}"
    return f"{one.times} posting times, {first:%-d %B %Y} to {last:%-d %B %Y}"


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
