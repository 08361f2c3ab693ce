"""How templates show moments, and texts that come from outside.

Nothing that anybody wrote reaches a page but through Django's escaping; letters that steer the direction of
writing, or that cannot be seen, are shown by their number instead of obeyed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from bfbot.config import config
from bfbot.domain import captions
from bfbot.domain.finding import Level
from bfbot.domain.message import Kind
from bfbot.domain.picture import cropped, in_words
from bfbot.domain.proof import MIDDLE, Facet, MediaProof, ProofPart
from bfbot.domain.unseen import made_visible
from bfbot.web import words

register = template.Library()


@register.filter
def plainly(text: object) -> SafeString:
    """Escaped, with unseen and direction-changing letters made visible."""
    shown = made_visible(escape(str(text)), lambda name: f'<span class="odd">{name}</span>')
    return mark_safe(shown)  # noqa: S308 - escaped in the line above


@register.filter
def reading(part: ProofPart) -> SafeString:
    """A part's text with its links, tags and mentions set apart; facets count in bytes of UTF-8."""
    data = part.text.encode()
    shown, at = SafeString(""), 0
    for facet in sorted(part.facets, key=lambda one: one.start):
        if facet.start < at or facet.end > len(data):
            continue
        shown += plainly(data[at : facet.start].decode(errors="replace"))
        shown += _facet(facet, data[facet.start : facet.end].decode(errors="replace"))
        at = facet.end
    return shown + plainly(data[at:].decode(errors="replace"))


def _facet(facet: Facet, text: str) -> SafeString:
    if facet.kind == "link" and facet.value.startswith(("https://", "http://")):
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', facet.value, plainly(text))
    return format_html('<span class="{}">{}</span>', "tag" if facet.kind == "tag" else "mention", plainly(text))


@register.filter
def lasting(milliseconds: int) -> str:
    """How long a clip is: `0:12`."""
    return captions.clock(milliseconds)


@register.filter
def point(focal: tuple[float, float]) -> str:
    """What stays in sight when a network crops it, in words."""
    return in_words(focal)


@register.filter
def crop(medium: MediaProof) -> str:
    """The window that a timeline shows of a picture, as an SVG's viewBox; "" where nobody said what stays."""
    if medium.clip or medium.focal == MIDDLE:
        return ""
    return " ".join(str(one) for one in cropped(medium.width, medium.height, medium.focal, (16, 9)))


@register.filter
def clock(moment: datetime | None, zone: str = "") -> SafeString:
    """A moment on the campaign's clock: “today 08:30”, “Mon 23 Nov, 08:30”, with the year where it is another."""
    if moment is None:
        return SafeString("")
    place = ZoneInfo(zone or config().timezone)
    there = moment.astimezone(place)
    return format_html(
        '<time datetime="{}">{}</time>', there.isoformat(timespec="minutes"), _said(there, datetime.now(place))
    )


@register.filter
def second(moment: datetime | None, zone: str) -> SafeString:
    """A moment on the campaign's clock to the second, for what happened within one minute."""
    if moment is None:
        return SafeString("")
    there = moment.astimezone(ZoneInfo(zone))
    return format_html(
        '<time datetime="{}">{}{}</time>',
        there.isoformat(timespec="seconds"),
        _said(there, datetime.now(ZoneInfo(zone))),
        f"{there::%S}",
    )


def _said(there: datetime, now: datetime) -> str:
    days = (there.date() - now.date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if near:
        return f"{near} {there:%H:%M}"
    year = f" {there:%Y}" if there.year != now.year else ""
    return f"{there:%a} {there.day} {there:%b}{year}, {there:%H:%M}"


@register.filter
def day(value: date | None) -> SafeString:
    """A day: “Mon 23 November 2026”."""
    if value is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}">{} {} {}</time>', value.isoformat(), f"{value:%a}", value.day, f"{value:%B %Y}"
    )


@register.filter
def iso_day(text: str) -> SafeString:
    """The same of a day as the record keeps it; as it stands there where it is none."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return plainly(text)


@register.filter
def typed(moment: datetime | None, zone: str) -> str:
    """As a datetime-local field takes it, on the campaign's clock."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if moment else ""


@register.filter
def last_day(days: int) -> str:
    """So many days from today, as a date field takes it."""
    return (datetime.now(UTC).date() + timedelta(days=int(days))).isoformat()


@register.filter
def level(value: Level) -> str:
    return words.LEVELS[value]


@register.filter
def kind(value: Kind | str) -> str:
    return words.KINDS[Kind(value)]


@register.filter
def done(action: str) -> str:
    """The record's word for an action, as the end of a sentence that begins with a name."""
    return words.DONE.get(action, action)


@register.filter
def author(name: str) -> str:
    return words.author(name)


@register.filter
def told(text: str) -> str:
    return words.told(text)


@register.filter
def mend(text: str) -> str:
    return words.mend(text)


@register.filter
def figure(value: int | None) -> str:
    """A count with its thousands apart; a dash where it is not known, for that is not zero."""
    return "–" if value is None else f"{value:,}"
