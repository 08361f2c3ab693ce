"""What the desk refuses, told in words: beside the form where there is one, else on a page of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bfbot.desk.judging import Refused
from bfbot.domain.finding import Finding
from bfbot.engine.database import readable
from bfbot.errors import BfbotError, ConfigurationError, ContentRefused, NotAllowed, UsageError
from bfbot.web import words


@dataclass(frozen=True)
class Refusal:
    """`findings` where rules refused; else `message` and `mend`."""

    message: str
    mend: str
    findings: tuple[Finding, ...]
    status: int


def refusal_of(error: BfbotError) -> Refusal:
    findings = error.findings if isinstance(error, Refused) else ()
    return Refusal(_sentence(error.message), words.mend(error.mend), findings, status_of(error))


def status_of(error: BfbotError) -> int:
    """The HTTP status that says the same."""
    if isinstance(error, NotAllowed):
        return 403
    if isinstance(error, UsageError):
        return 400
    if isinstance(error, ContentRefused):
        return 422
    return 503 if isinstance(error, ConfigurationError) else 502


def refused(request: HttpRequest, error: BfbotError) -> HttpResponse:
    """A whole page that says what was refused, and what would satisfy it."""
    told = refusal_of(error)
    return render(request, "bfbot/refused.html", {"refusal": told}, status=told.status)


def not_written(request: HttpRequest, error: DatabaseError, first: str = "") -> HttpResponse:
    """The database took nothing: a page that needs none. `first` says what that means for what was asked."""
    told = readable(error)
    context = {"first": first, "message": told.message, "mend": told.mend}
    return render(request, "bfbot/busy.html", context, status=503)


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]
