"""Stored pictures, clips and captions, for those who may see the pages."""

from __future__ import annotations

import re
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bfbot.errors import ContentRefused
from bfbot.media import blobs
from bfbot.media.clips import MIMES, kind_of
from bfbot.web.visitor import page

AT_ONCE = 2 * 1024 * 1024
"""Bytes of a clip in one answer: a browser asks for the next piece when it has shown this one."""
_FROM_TO = re.compile(r"bytes=(\d{1,12})-(\d{0,12})", re.ASCII)


@require_safe
@page()
@cache_control(private=True, max_age=86400, immutable=True)
def media(request: HttpRequest, digest: str) -> HttpResponse:
    """Named by the hash of its bytes, so it never changes. Of a clip browsers ask for one piece after another."""
    try:
        head, size = blobs.piece(digest, 0, 64)
        mime = _mime(head, digest)
        if mime in MIMES.values():
            return _clip(request, digest, mime, size)
        return HttpResponse(blobs.read(digest), content_type=mime)
    except ContentRefused as error:
        raise Http404(str(error)) from error


def _mime(head: bytes, digest: str) -> str:
    """By content; the store holds nothing that bfbot did not write itself."""
    if head.startswith(b"WEBVTT"):
        return "text/vtt; charset=utf-8"
    kind = kind_of(head)
    return MIMES[kind] if kind else blobs.describe(digest).mime


def _clip(request: HttpRequest, digest: str, mime: str, size: int) -> HttpResponse:
    asked = _FROM_TO.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        whole = (blobs.piece(digest, at, AT_ONCE)[0] for at in range(0, size, AT_ONCE))
        told = {"Accept-Ranges": "bytes", "Content-Length": str(size)}
        # Django's two answers have no common name that a page's view may return.
        return cast(HttpResponse, StreamingHttpResponse(whole, content_type=mime, headers=told))
    start = int(asked[1])
    wanted = min(int(asked[2]) - start + 1 if asked[2] else size, AT_ONCE)
    if start >= size or wanted < 1:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    data, _ = blobs.piece(digest, start, wanted)
    told = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {start}-{start + len(data) - 1}/{size}"}
    return HttpResponse(data, content_type=mime, status=206, headers=told)
