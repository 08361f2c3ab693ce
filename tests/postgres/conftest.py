"""One server for all tests here, and a fresh database for each that wants one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.postgres.cluster import cluster, missing


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running PostgreSQL; skips with a plain reason where there cannot be one."""
    why = missing()
    if why:
        pytest.skip(why)
    with cluster() as address:
        yield address


@pytest.fixture
def database(server: str) -> str:
    """The address of a new, empty database."""
    import psycopg

    name = f"desk_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"{server.rpartition('/')[0]}/{name}"
