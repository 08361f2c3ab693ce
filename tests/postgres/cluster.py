"""A PostgreSQL server of its own for these tests: made in a folder that is thrown away, on loopback alone."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.ports import free_port

SERVICE_USER = "postgres"
# Thrown away at the end, so nothing has to survive a power cut; what is tested are locks and constraints.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=127.0.0.1")


def missing() -> str:
    """Why no server can be started here, in one line; "" when one can."""
    if _binaries() is None:
        return "PostgreSQL is not installed: sudo apt-get install -y postgresql"
    try:
        import psycopg  # noqa: F401 - only whether it is there
    except ImportError:
        return "psycopg is not installed: pip install 'bfbot[postgres]'"
    if os.geteuid() == 0 and (shutil.which("runuser") is None or not _service_user()):
        return f"PostgreSQL does not run as root, and there is no user {SERVICE_USER} to run it as"
    return ""


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a running server's empty database, `postgresql://...`; stopped and removed at the end."""
    binaries = _binaries()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="bfbot-postgres-"))
    try:
        password = secrets.token_hex(12)
        (folder / "password").write_text(password)
        _hand_over(folder)
        data, port = folder / "data", free_port()
        words = ["--username", "desk", "--auth", "scram-sha-256", "--pwfile", str(folder / "password")]
        _run([str(binaries / "initdb"), "-D", str(data), "--encoding", "UTF8", "--no-sync", *words])
        options = " ".join([f"-p {port}", f"-k {folder}", *(f"-c {one}" for one in SETTINGS)])
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", "60"]
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql://desk:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    """The newest installed version's folder."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    return max(found, key=lambda path: path.parent.name.zfill(4), default=None)


def _service_user() -> bool:
    return any(one.pw_name == SERVICE_USER for one in pwd.getpwall())


def _hand_over(folder: Path) -> None:
    """PostgreSQL refuses to run as root: the folder and the server belong to its own user then."""
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, SERVICE_USER, SERVICE_USER)


def _run(words: Sequence[str]) -> None:
    """As the service's user where this is root. Raises RuntimeError with what the program said."""
    whole = ["runuser", "-u", SERVICE_USER, "--", *words] if os.geteuid() == 0 else list(words)
    with tempfile.TemporaryFile("w+") as said:  # no pipe: the server inherits it and would keep it open
        done = subprocess.run(
            whole, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, cwd="/", check=False
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{Path(words[0]).name} ended with {done.returncode}: {said.read()}")
