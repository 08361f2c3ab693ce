"""Stored pictures, for those who may see the pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bfbot.errors import ContentRefused
from bfbot.media import blobs
from bfbot.web.visitor import page


@require_safe
@page()
@cache_control(private=True, max_age=86400, immutable=True)
def media(request: HttpRequest, digest: str) -> HttpResponse:
    """Named by the hash of its bytes, so it never changes."""
    try:
        data, stored = blobs.read(digest), blobs.describe(digest)
    except ContentRefused as error:
        raise Http404(str(error)) from error
    return HttpResponse(data, content_type=stored.mime)
