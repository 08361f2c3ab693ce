"""An address tells which post it is, and other addresses tell nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.platforms.links import mastodon_id, practice_id, x_id

SERVER = "https://social.example"
LONG = "115600000000000001"


@pytest.mark.parametrize(
    ("link", "found"),
    [
        (f"https://social.example/@desk/{LONG}", LONG),
        (f"https://SOCIAL.example/@desk/{LONG}/", LONG),
        (f"  https://social.example/users/desk/statuses/{LONG}?lang=en#top", LONG),
        ("https://social.example/@desk/statuses/01JD5Z7A8B9CDEFGHJKMNPQRST", "01JD5Z7A8B9CDEFGHJKMNPQRST"),
        ("https://social.example/notice/AoR2bcDe3F", "AoR2bcDe3F"),
        ("https://social.example/@desk", None),
        ("https://social.example/@desk/media", None),
        ("https://social.example/", None),
        (f"https://elsewhere.example/@desk@social.example/{LONG}", None),
        (f"https://social.example/@friend@elsewhere.example/{LONG}", None),
        (f"https://social.example.evil.example/@desk/{LONG}", None),
        (f"https://social.example:8443/@desk/{LONG}", None),
        (f"ftp://social.example/@desk/{LONG}", None),
        ("https://[", None),
        (LONG, None),
    ],
)
def test_a_status_of_the_account_s_own_server(link: str, found: str | None) -> None:
    assert mastodon_id(link, SERVER) == found


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://x.com/desk/status/1900000000000000001", "1900000000000000001"),
        ("https://x.com/i/web/status/12?s=20", "12"),
        ("https://mobile.twitter.com/desk/status/12/photo/1", "12"),
        ("https://www.x.com/desk/statuses/12", "12"),
        ("https://x.com/desk/status/12abc", None),
        ("https://x.com/desk", None),
        ("https://notx.com/desk/status/12", None),
        ("https://x.com.evil.example/desk/status/12", None),
        ("x.com/desk/status/12", None),
    ],
)
def test_a_post_on_x(link: str, found: str | None) -> None:
    assert x_id(link) == found


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("/practice/12", "12"),
        ("http://127.0.0.1:8000/practice/12/", "12"),
        ("https://desk.example/practice/12#p12", "12"),
        ("/practice/", None),
        ("/practice/12/edit", None),
        ("https://desk.example/posts/12", None),
        ("javascript:/practice/12", None),
    ],
)
def test_a_post_on_the_practice_channel(link: str, found: str | None) -> None:
    assert practice_id(link) == found


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert mastodon_id(text, SERVER) is None
    assert x_id(text) is None
