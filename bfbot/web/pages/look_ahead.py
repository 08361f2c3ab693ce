"""Look ahead: what would go out in the weeks to come, what would not and why. Stores nothing, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bfbot.config import config
from bfbot.domain.localtime import local
from bfbot.domain.message import Kind
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.forecast.grouped import EmptyFor, RefusedFor, empty_for, refused_for
from bfbot.forecast.look_ahead import look_ahead
from bfbot.forecast.outlook import Fate, Line, Theme
from bfbot.forecast.telling import COUNTED, cost_told, messages_told, span_told
from bfbot.library import current_revision
from bfbot.web import words
from bfbot.web.shown import account_name
from bfbot.web.visitor import me, page

WEEKS = (1, 2, 4, 8, 13)
"""How far ahead a page looks; further is for `bfbot forecast`, which nobody waits for in a browser."""
USUAL = 4
FEW = 6
"""So many empty posting times with one reason stand there at once."""
TONES = {Fate.GOES_OUT: "good", Fate.WAITS: "wait", Fate.STOPPED: "bad"}


@never_cache
@require_safe
@page()
def show(request: HttpRequest) -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    revision = current_revision(now)
    asked = request.GET.get("weeks", "")
    weeks = int(asked) if asked.isdecimal() and len(asked) < 3 and int(asked) in WEEKS else USUAL
    mine = [one for one in revision.campaigns if looking.may(Role.VIEWER, one)]
    found = look_ahead(now, weeks, campaigns=mine)
    context = {
        "weeks": [(one, "1 week" if one == 1 else f"{one} weeks", one == weeks) for one in WEEKS],
        "found": found,
        "last": local(found.until, config().timezone).date() - timedelta(days=1),
        "counts": [(COUNTED[fate], found.count(fate)) for fate in Fate],
        "groups": [
            {
                "week": week,
                "count": sum(len(lines) for _, lines in days),
                "days": [(day, [_line(one, revision) for one in lines]) for day, lines in days],
            }
            for week, days in _by_week(found.lines, revision)
        ],
        "empty": [_empty(one, revision) for one in empty_for(found.empty)],
        "refused": [
            {
                "one": one,
                "span": span_told(one, _zone(one, revision)),
                "campaign": _name(one, revision),
                "messages": messages_told(one.messages),
            }
            for one in refused_for(found.passed_over)
        ],
        "themes": [{"one": one, "campaign": _name(one, revision)} for one in found.themes],
        "empty_times": len(found.empty),
        "starving": sum(one.starves for one in found.themes),
        "facts": found.facts,
        "costs": [
            {
                "one": one,
                "told": cost_told(one),
                "months": [(f"{month:%B %Y}", amount) for month, amount in one.months],
            }
            for one in found.costs
        ],
    }
    return render(request, "bfbot/look_ahead.html", context)


def _by_week(lines: Iterable[Line], revision: Revision) -> list[tuple[date, list[tuple[date, list[Line]]]]]:
    """By the Monday of the week, then by the day; each campaign's own clock says which day that is."""

    def day(one: Line) -> date:
        return local(one.at, _zone(one, revision)).date()

    def monday(one: Line) -> date:
        return day(one) - timedelta(days=day(one).weekday())

    in_order = sorted(lines, key=lambda one: (day(one), one.at))
    return [
        (week, [(each, list(group)) for each, group in groupby(those, key=day)])
        for week, those in groupby(in_order, key=monday)
    ]


def _line(one: Line, revision: Revision) -> dict[str, object]:
    """What waits for nothing but approval needs no further word about that."""
    plain = one.fate is Fate.WAITS and len(one.why) == 1
    return {
        "one": one,
        "at": f"{local(one.at, _zone(one, revision)):%H:%M}",
        "word": one.fate.value.capitalize(),
        "tone": TONES[one.fate],
        "account": account_name(one.account, revision),
        "why": one.why if not plain or "repeat" in one.why[0].message else (),
    }


def _empty(one: EmptyFor, revision: Revision) -> dict[str, object]:
    return {
        "one": one,
        "zone": _zone(one, revision),
        "campaign": _name(one, revision),
        "first": one.times[:FEW],
        "rest": one.times[FEW:],
        "kinds": [
            words.KINDS[Kind(kind)].lower() for kind in sorted({k for each in one.times for k in each.kinds})
        ],
    }


def _zone(one: Line | EmptyFor | RefusedFor, revision: Revision) -> str:
    return revision.campaigns[one.campaign].zone


def _name(one: EmptyFor | RefusedFor | Theme, revision: Revision) -> str:
    return revision.campaigns[one.campaign].name
