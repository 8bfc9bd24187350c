"""An authority of the test's own, and what it signed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Certificates:
    """PEM files; ``keystore`` holds the broker's key and chain, as the broker wants them."""

    authority: Path
    keystore: Path


def make(folder: Path) -> Certificates:
    key, broker_key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    name = _name("jingzhun test authority")
    authority = _builder(name, name, key.public_key()).add_extension(x509.BasicConstraints(True, 0), critical=True)
    signed = authority.sign(key, hashes.SHA256())
    broker = _builder(_name("127.0.0.1"), name, broker_key.public_key()).add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
    )
    chain = _pem(broker.sign(key, hashes.SHA256()), signed)
    written = Certificates(folder / "authority.pem", folder / "broker.pem")
    written.authority.write_bytes(_pem(signed))
    written.keystore.write_bytes(
        broker_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + chain
    )
    return written


def _pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
    )
