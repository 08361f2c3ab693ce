"""The pictures and clips of the library: what we may do with each, where it is used, and where it is live."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bfbot.config import config
from bfbot.desk.where_used import Used, ending_pictures, local_today, pictures_used
from bfbot.domain.message import MediaUse
from bfbot.domain.person import Role
from bfbot.domain.picture import ENDING, NEVER, People, Picture, in_words
from bfbot.domain.revision import Revision
from bfbot.errors import BfbotError
from bfbot.library import current_revision
from bfbot.media.clip_preparing import BeingPrepared
from bfbot.media.resolve import picture as stored
from bfbot.web.shown import account_name
from bfbot.web.visitor import Visitor, me, page

LOOKS_AGAIN = 5
"""Seconds until the page is loaded again while a clip is being prepared."""


@never_cache
@require_safe
@page()
def listing(request: HttpRequest) -> HttpResponse:
    """Those that need somebody first: rights missing or over (soon). Loads itself again for a clip to come."""
    now, looking = datetime.now(UTC), me(request)
    revision, used, today = current_revision(now), pictures_used(now), local_today(now)
    urgent = [one.id for one in revision.pictures.values() if one.missing]
    urgent += [one.id for one in ending_pictures(revision, today)]
    rank = {name: number for number, name in enumerate(dict.fromkeys(urgent))}
    ordered = sorted(revision.pictures.values(), key=lambda one: rank.get(one.id, len(rank)))
    rows = [_row(one, used[one.id], revision, looking, today) for one in ordered]
    again = LOOKS_AGAIN if any(one.get("preparing") for one in rows) else 0
    return render(request, "bfbot/pictures.html", {"rows": rows, "ahead": ENDING, "again": again})


def use_seen(used: Used, revision: Revision, looking: Visitor) -> dict[str, object]:
    """Where something is used, as far as this visitor may see it."""
    posts = [one for one in used.waiting if looking.may(Role.VIEWER, one.campaign)]
    live = [(post, one) for post, one in used.live if looking.may(Role.VIEWER, post.campaign)]
    return {
        "messages": [one for one in used.messages if looking.may(Role.VIEWER, revision.messages[one].campaign)],
        "waiting": posts,
        "live": [
            {
                "post": post.id,
                "account": account_name(one.account, revision),
                "url": one.url,
                "doubt": one.in_doubt,
            }
            for post, one in live
        ],
    }


def _row(one: Picture, used: Used, revision: Revision, looking: Visitor, today: date) -> dict[str, object]:
    word, tone = _word(one, today)
    return {
        "picture": one,
        "word": word,
        "tone": tone,
        "people": {People.NONE: "nobody", People.ADULTS: "adults", People.CHILDREN: "children"}[one.people],
        "until": None if one.expires == NEVER else one.expires,
        "endless": one.expires == NEVER,
        "focal": in_words(one.focal),
        "in_picture": one.captions_in_picture,
        **_shown(one, revision),
        **use_seen(used, revision, looking),
    }


def _word(one: Picture, today: date) -> tuple[str, str]:
    if one.missing:
        return f"Refused: no {', no '.join(one.missing)}", "bad"
    if one.expires is not None and one.expires < today:
        return "Refused: rights are over", "bad"
    return ("Ends soon", "wait") if one.ends_by(today + timedelta(days=ENDING)) else ("", "")


def _shown(one: Picture, revision: Revision) -> dict[str, object]:
    """The picture or clip as it would go out; why not, where it cannot be read."""
    use = MediaUse(alt=one.alt, file=one.file, captions=one.captions)
    try:
        return {"medium": stored(use, revision, config().home)}
    except BeingPrepared as not_yet:
        return {"medium": None, "preparing": not_yet.message}
    except BfbotError as error:
        return {"medium": None, "unread": str(error)}
