"""The same limits over TLS, where the raw socket is out of reach."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bfbot.config import Config, read
from bfbot.http import FetchFailed, fetch, session
from bfbot.platforms.outcomes import never_sent


def _certificate(folder: Path) -> Path:
    """A key and a certificate for 127.0.0.1 that signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def dripping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """A TLS server that answers `GET /ok` at once, drips anything else, and its certificate."""
    pem = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def serve(plain: socket.socket) -> None:
        plain.settimeout(60)
        try:
            with context.wrap_socket(plain, server_side=True) as sock:
                if sock.recv(4096).startswith(b"GET /ok"):
                    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                while not stop.wait(0.02):
                    sock.sendall(b"H")
        except OSError:
            return

    def accept() -> None:
        while not stop.is_set():
            try:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
            except TimeoutError:
                continue

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listener.getsockname()[1]}", pem
    stop.set()
    thread.join(timeout=60)
    listener.close()


def _config(host: str) -> Config:
    return read({"BFBOT_HOME": "/nonexistent", "BFBOT_PRIVATE_HOSTS": host})


def test_an_unknown_authority_is_refused_and_nothing_was_sent(dripping: tuple[str, Path]) -> None:
    host, _ = dripping
    with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED"):
        fetch(f"https://{host}/ok", config=_config(host), seconds=60)
    with pytest.raises(requests.exceptions.ConnectionError) as failure:
        session(config=_config(host)).get(f"https://{host}/ok", verify=False)
    assert never_sent(failure.value)


def test_a_known_authority_is_trusted_and_a_drip_still_ends(
    dripping: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    host, pem = dripping
    trusting = ssl.create_default_context(cafile=str(pem))
    for module in ("fetching", "connections"):
        monkeypatch.setattr(f"bfbot.http.{module}.tls", lambda: trusting)
    assert fetch(f"https://{host}/ok", config=_config(host), seconds=60).body == b"ok"
    assert session(config=_config(host)).get(f"https://{host}/ok").text == "ok"
    started = time.monotonic()
    with pytest.raises(FetchFailed, match="did not finish"):
        fetch(f"https://{host}/drip", config=_config(host), seconds=0.5)
    assert time.monotonic() - started < 10
