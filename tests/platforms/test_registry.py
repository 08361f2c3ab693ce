"""The networks by name, and what stays unloaded until it is needed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from bfbot.domain.schedule import Account
from bfbot.errors import ConfigurationError
from bfbot.platforms.base import Draft
from bfbot.platforms.registry import PLATFORMS, known, limits_of, platform_for


def test_names_and_their_secrets() -> None:
    assert known() == {
        "rehearsal": (),
        "mastodon": ("access_token",),
        "x": ("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
    }


def test_an_unknown_network_names_those_there_are() -> None:
    with pytest.raises(ConfigurationError, match="rehearsal, mastodon, x"):
        limits_of("myspace")


@pytest.mark.parametrize("name", PLATFORMS)
def test_each_adapter_says_what_the_registry_says(name: str) -> None:
    platform = platform_for(Account(id="desk", platform=name, campaigns=()))
    assert (platform.name, platform.label) == (name, PLATFORMS[name].label)
    assert replace(platform.limits, label=platform.label) == limits_of(name)


@pytest.mark.parametrize("name", PLATFORMS)
def test_what_is_too_long_is_rendered_whole(name: str) -> None:
    platform = platform_for(Account(id="desk", platform=name, campaigns=()))
    part = platform.render(Draft(account="desk", texts=("word " * 500,))).parts[0]
    assert part.text == "word " * 500
    assert part.length > limits_of(name).text


def test_writing_and_counting_loads_no_library_that_publishes() -> None:
    code = """
import sys
from bfbot.domain.schedule import Account
from bfbot.platforms.base import Draft
from bfbot.platforms.registry import PLATFORMS, platform_for
for name in PLATFORMS:
    platform = platform_for(Account(id="desk", platform=name, campaigns=()))
    platform.render(Draft(account="desk", texts=("A link https://www.local.gov.uk and a #Tag.",)))
loaded = {"tweepy", "mastodon", "requests", "urllib3", "django"} & set(sys.modules)
assert not loaded, loaded
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
