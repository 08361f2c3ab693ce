"""Every command that bfbot has is in README.md, and every command that a document names is really run."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from bfbot.cli.main import COMMANDS, bfbot
from tests.cli.desk import APPROVER, AUTHOR, Desk, new_desk
from tests.docs.documents import Named, commands, documents
from tests.docs.examples import EXAMPLES, Words
from tests.servers.ports import free_port

pytestmark = pytest.mark.slow

IN_FOUR_WEEKS = datetime.now(UTC).date() + timedelta(weeks=4)
PLACES = {"ACCOUNT": "practice-lga", "DAY": IN_FOUR_WEEKS.isoformat(), "FEED": "", "NAME": AUTHOR}
"""Words in capitals that stand for something in the documents."""


def leaves() -> list[str]:
    """Every command that does something, with its group."""
    found = []
    context = click.Context(bfbot)
    for name in COMMANDS:
        command = bfbot.get_command(context, name)
        assert command is not None
        inner = list(command.commands) if isinstance(command, click.Group) else []
        found += [f"{name} {one}" for one in inner] or [name]
    return found


LEAVES = leaves()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return new_desk(tmp_path_factory.mktemp("docs") / "desk")


def leaf_of(words: list[str]) -> str:
    two = " ".join(words[:2])
    return two if two in LEAVES else words[0]


def run(desk: Desk, words: Words) -> None:
    """Run it to its end, or until it is ready where it has none."""
    if str(words[0]) in {"up", "worker"}:
        with desk.start(*words) as running:
            assert running.stop() < 10
        assert running.process.returncode == 0
        return
    desk.well(*words) if words[:2] != ("user", "passwd") else spoken(desk, words)
    if words[0] in {"pause", "restore", "clear"}:  # what is restored is paused; what is cleared was
        desk.well("resume", "--by", APPROVER)


def spoken(desk: Desk, words: Words) -> None:
    done = desk(*words, typed="a long enough phrase\n")
    assert done.code == 0, done.err


def completed(words: list[str], example: Words) -> Words:
    """What the document says, with what it leaves out."""
    leaf = leaf_of(words).split()
    given, extra = words[len(leaf) :], list(example)
    if given and not given[0].startswith("-"):  # its own objects
        while extra and not str(extra[0]).startswith("-"):
            extra.pop(0)
    objects = []
    while extra and not str(extra[0]).startswith("-"):
        objects.append(extra.pop(0))
    pairs = [(extra[n], extra[n + 1]) for n in range(0, len(extra), 2)]
    options = [word for option, value in pairs if option not in given for word in (option, value)]
    if leaf == ["approve-standing"] and "--feed" in given:
        options = [word for word in options if word not in {"--message", "early-help-explained"}]
    return (*leaf, *objects, *given, *options)


DOCUMENTED = {leaf_of(shlex.split(one.text)[1:]) for one in commands()}


@pytest.mark.parametrize("leaf", LEAVES)
def test_every_command_is_in_the_readme_and_runs(desk: Desk, leaf: str) -> None:
    assert f"`bfbot {leaf.split()[0]}" in documents()["README.md"]
    assert leaf in EXAMPLES, "a new command needs an example here"
    if leaf not in DOCUMENTED:  # those run as they are documented
        run(desk, (*leaf.split(), *EXAMPLES[leaf](desk)))


@pytest.mark.parametrize("named", commands(), ids=str)
def test_what_a_document_says_to_type_works(desk: Desk, named: Named, tmp_path: Path) -> None:
    words = [PLACES.get(word, word) for word in shlex.split(named.text)[1:]]
    leaf = leaf_of(words)
    if words[0].startswith("-"):
        desk.well(*words)
        return
    assert leaf in LEAVES, f"bfbot has no command {leaf}"
    example = EXAMPLES[leaf](desk)
    if leaf == "init":
        options = [word for word in words[1:] if word.startswith("-")]
        run(desk, ("init", *options, tmp_path / "new"))
    elif leaf == "up":
        run(desk, ("up", "--port", free_port()))
    elif leaf == "user passwd" and "Press officer" not in words:
        run(desk, ("user", "passwd", *example))
    else:
        run(desk, completed(words, example))
