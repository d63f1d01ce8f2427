"""Whoever answers must prove by a certificate that it is the store: else nothing is said to it."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from workstation.domain.report import ReportId
from workstation.sync.link import Link, LiveLink
from workstation.sync.transport import LinkDown

HELLO = b'{"store_id":"s","epoch":"e"}'
DAY = timedelta(days=1)
TOKEN = "a-token-nobody-else-may-see"


class Authority:
    """A certificate authority of this machine's own."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = self._signed(self._name, self._key, x509.BasicConstraints(True, None))

    def issue(self, folder: Path, host: str, ends: datetime) -> Path:
        """A file with a key and a certificate for a host."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        path = folder / f"{host}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + _pem(self._signed(name, key, names, ends))
        )
        return path

    def trusted(self, folder: Path) -> Path:
        """A file for who trusts this authority."""
        path = folder / "trusted.pem"
        path.write_bytes(_pem(self.certificate))
        return path

    def _signed(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        extension: x509.ExtensionType,
        ends: datetime | None = None,
    ) -> x509.Certificate:
        ends = ends or datetime.now(UTC) + DAY
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(ends - 30 * DAY)
            .not_valid_after(ends)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .sign(self._key, hashes.SHA256())
        )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


@contextmanager
def answering(certificate: Path) -> Iterator[tuple[int, list[bytes]]]:
    """A server with this certificate: its port, and all that was ever said to it in clear."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, context, heard))
        thread.start()
        port = listening.getsockname()[1]
        try:
            yield port, heard
        finally:
            socket.create_connection(("127.0.0.1", port)).close()
            thread.join()


def _serve(listening: socket.socket, context: ssl.SSLContext, heard: list[bytes]) -> None:
    """One caller who gets as far as to speak is answered; then an end."""
    for _ in range(2):
        caller, _ = listening.accept()
        with caller:
            caller.settimeout(5)
            try:
                with context.wrap_socket(caller, server_side=True) as secure:
                    heard.append(secure.recv(65536))
                    head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    secure.sendall(f"{head}Content-Length: {len(HELLO)}\r\n\r\n".encode() + HELLO)
            except OSError:
                continue  # it hung up on us


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The authority that this machine trusts, and no other."""
    one = Authority("The force")
    monkeypatch.setenv("SSL_CERT_FILE", str(one.trusted(tmp_path)))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    return one


@pytest.mark.fault("F11")
def test_the_store_with_a_certificate_of_the_force_is_spoken_to(
    authority: Authority, tmp_path: Path
) -> None:
    certificate = authority.issue(tmp_path, "localhost", datetime.now(UTC) + DAY)
    with answering(certificate) as (port, heard), pytest.raises(LinkDown, match="could not be"):
        Link(f"https://localhost:{port}").hello()
    assert heard[0].startswith(b"GET /v1/hello")


@pytest.mark.fault("F11")
@pytest.mark.parametrize("wrong", ["another's authority", "another's name", "over"])
def test_nothing_is_said_to_who_cannot_prove_to_be_the_store(
    authority: Authority, tmp_path: Path, wrong: str
) -> None:
    signer = Authority("Somebody") if wrong == "another's authority" else authority
    host = "store.example" if wrong == "another's name" else "localhost"
    ends = datetime.now(UTC) + (-DAY if wrong == "over" else DAY)
    certificate = signer.issue(tmp_path, host, ends)
    with answering(certificate) as (port, heard), pytest.raises(LinkDown):
        Link(f"https://localhost:{port}").journal(TOKEN, ReportId("r"))
    with answering(certificate) as (port, heard_live), pytest.raises(LinkDown):
        next(LiveLink(f"https://localhost:{port}", lambda: TOKEN).listen())
    assert not any(heard)
    assert not any(heard_live)
