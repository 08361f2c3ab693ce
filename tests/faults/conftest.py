from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.processes import NOWHERE, ROOT, Workers, copy_of, write_files
from tests.simulators.server import Simulator


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose posts are approved and due; each test works on a copy of its own."""
    home = tmp_path_factory.mktemp("template")
    write_files(home, NOWHERE)
    Workers(home).run("prepare")
    return home


@pytest.fixture
def workers_on(template: Path, tmp_path: Path) -> Iterator[Callable[..., Workers]]:
    """Makes workers for a network; whatever of them still lives at the end is ended."""
    made: list[Workers] = []

    def make(network: Simulator, code: Path = ROOT) -> Workers:
        made.append(Workers(copy_of(template, tmp_path / "workspace", network), code, network))
        return made[-1]

    yield make
    for one in made:
        one.end()
