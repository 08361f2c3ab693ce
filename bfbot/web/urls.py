"""Every page by its address."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from bfbot.web.pages import (
    about_people,
    account,
    accounts,
    evergreen,
    files,
    health,
    look_ahead,
    media,
    missed,
    news,
    pictures,
    post,
    practice,
    queue,
    reports,
    seasons,
    settle,
    sign_in,
    sign_offs,
    statistics,
    stop,
    take_down,
    today,
    week,
    write,
)


class Digest(StringConverter):
    """A picture's sha256, hex."""

    regex = "[0-9a-f]{64}"


class WeekName(StringConverter):
    """An ISO week, 2026-W47."""

    regex = "[0-9]{4}-W[0-9]{2}"


register_converter(Digest, "digest")
register_converter(WeekName, "week")

urlpatterns = [
    path("", today.today, name="today"),
    path("today/<slug:name>", today.part, name="today-part"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("welcome/<str:token>", sign_in.welcome, name="welcome"),
    path("write", write.choose, name="write"),
    path("write/picture", write.picture, name="write-picture"),
    path("write/<slug:campaign_id>", write.new, name="write-new"),
    path("write/<slug:campaign_id>/preview", write.preview, name="write-preview"),
    path("queue", queue.queue, name="queue"),
    path("queue/week", week.show, name="queue-week"),
    path("queue/week/approve", week.approve, name="queue-week-approve"),
    path("posts/<int:post_id>", post.show, name="post"),
    path("posts/<int:post_id>/edit", write.edit, name="post-edit"),
    path("posts/<int:post_id>/submit", post.submit, name="post-submit"),
    path("posts/<int:post_id>/links", post.look_at_links, name="post-links"),
    path("posts/<int:post_id>/approve", post.approve, name="post-approve"),
    path("posts/<int:post_id>/turn-down", post.turn_down, name="post-turn-down"),
    path("posts/<int:post_id>/send-back", post.send_back, name="post-send-back"),
    path("posts/<int:post_id>/cancel", post.cancel, name="post-cancel"),
    path("posts/<int:post_id>/again", post.again, name="post-again"),
    path("posts/<int:post_id>/settle/<int:delivery_id>", settle.settle, name="post-settle"),
    path("posts/<int:post_id>/look/<int:delivery_id>", settle.look, name="post-look"),
    path("posts/<int:post_id>/delete/<int:delivery_id>", take_down.take_down, name="post-delete"),
    path("pause", stop.pause, name="pause"),
    path("resume", stop.resume, name="resume"),
    path("pause/ask", stop.ask_to_clear, name="pause-ask"),
    path("pause/clear", stop.clear, name="pause-clear"),
    path("missed", missed.listing, name="missed"),
    path("missed/decide", missed.decide, name="missed-decide"),
    path("seasons", seasons.listing, name="seasons"),
    path("seasons/<slug:period_id>", seasons.show, name="seasons-period"),
    path("seasons/<slug:period_id>/keep", seasons.keep, name="seasons-keep"),
    path("seasons/<slug:period_id>/explain", seasons.explain, name="seasons-explain"),
    path("sign-offs", sign_offs.listing, name="sign-offs"),
    path("sign-offs/sign", sign_offs.sign, name="sign-offs-sign"),
    path("sign-offs/take-back", sign_offs.take_back, name="sign-offs-take-back"),
    path("accounts", accounts.listing, name="accounts"),
    path("accounts/<slug:account_id>/reviewed", accounts.reviewed, name="account-reviewed"),
    path("accounts/<slug:account_id>/ask", accounts.ask, name="account-ask"),
    path("accounts/<slug:account_id>/confirm", accounts.confirm, name="account-confirm"),
    path("accounts/<slug:account_id>/mute", accounts.mute, name="account-mute"),
    path("accounts/<slug:account_id>/start-again", account.start, name="account-start"),
    path("news", news.news, name="news"),
    path("news/feeds/<slug:feed_id>/sign", news.sign, name="news-sign"),
    path("news/<int:release_id>/dismiss", news.put_aside, name="news-dismiss"),
    path("evergreen", evergreen.listing, name="evergreen"),
    path("evergreen/<slug:message_id>/sign", evergreen.sign, name="evergreen-sign"),
    path("look-ahead", look_ahead.show, name="look-ahead"),
    path("practice/", practice.timeline, name="practice"),
    path("practice/<int:post_id>", practice.one_post, name="practice-post"),
    path("reports", reports.listing, name="reports"),
    path("reports/<slug:campaign_id>/<week:week>", reports.show, name="reports-week"),
    path("reports/<slug:campaign_id>/<week:week>/comment", reports.comment, name="reports-comment"),
    path("reports/<slug:campaign_id>/<week:week>.<slug:kind>", reports.download, name="reports-download"),
    path("reports/<slug:campaign_id>/<week:week>/chart/<slug:name>.svg", reports.chart, name="reports-chart"),
    path("reports/style.css", reports.style, name="reports-style"),
    path("statistics", statistics.listing, name="statistics"),
    path("statistics/<int:post_id>/<slug:fact_id>/correct", statistics.correct, name="statistics-correct"),
    path("pictures", pictures.listing, name="pictures"),
    path("people", about_people.listing, name="people"),
    path("people/quotes", about_people.sign, name="quote-sign"),
    path("files", files.files, name="files"),
    path("media/<digest:digest>", media.media, name="media"),
    path("healthz", health.alive, name="health-alive"),
    path("readyz", health.ready, name="health-ready"),
    path("metrics", health.figures, name="health-figures"),
]
