"""Signing in and out, and the welcome link of the first admin."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bfbot.config import config
from bfbot.desk import people
from bfbot.sample.people import DEMO_PASSWORD, DEMO_PEOPLE
from bfbot.web import welcome as invitations
from bfbot.web.throttle import throttle

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. Failures are slowed down by account and by address."""
    if request.method != "POST":
        return _door(request)
    now, name = datetime.now(UTC), request.POST.get("name", "").strip()[:80]
    address = request.META.get("REMOTE_ADDR", "")
    wait = throttle.wait(name, address, now)
    if wait is not None:
        minutes = max(1, round(wait.total_seconds() / 60))
        plural = "" if minutes == 1 else "s"
        refusal = _door(request, f"Too many wrong tries. Wait {minutes} minute{plural}, then try again.", 429)
        refusal["Retry-After"] = str(int(wait.total_seconds()) + 1)
        return refusal
    user = authenticate(request, username=name, password=request.POST.get("password", ""))
    if user is None:
        throttle.failed(name, address, now)
        return _door(request, "Name and password do not fit together.", 422)
    throttle.succeeded(name)
    login(request, user)
    return redirect(_onward(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The first admin sets a password, once."""
    with transaction.atomic():  # looked at and set in one: the link cannot be used twice at the same moment
        user = invitations.invited(token)
        if user is None:
            return render(request, "bfbot/closed.html", status=410)
        if request.method != "POST":
            return render(request, "bfbot/welcome.html", {"name": user.name})
        password = request.POST.get("password", "")
        try:
            if password != request.POST.get("again", ""):
                raise ValidationError("The two passwords differ.")
            validate_password(password, user)
        except ValidationError as error:
            context = {"name": user.name, "wrong": error.messages}
            return render(request, "bfbot/welcome.html", context, status=422)
        people.set_password(user.name, password, actor=user.name, now=datetime.now(UTC))
        user.refresh_from_db()
    login(request, user, backend=BACKEND)
    return redirect("today")


def _door(request: HttpRequest, wrong: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, object] = {
        "wrong": wrong,
        "name": request.POST.get("name", ""),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    if config().sample:
        context |= {"people": DEMO_PEOPLE, "password": DEMO_PASSWORD}
    return render(request, "bfbot/sign_in.html", context, status=status)


def _onward(request: HttpRequest) -> str:
    """Where they wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else reverse("today")
