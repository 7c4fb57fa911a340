"""The pair's own small authority: certificates for its two servers and for the one role that copies between them.

Nobody else's authority is believed, so no public one can be talked into a second certificate. The authority's key stays with who runs
the commands; a server holds its own key alone. Elliptic curve P-256; a certificate says what it is for and nothing else.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sild.postgres.faults import DatabaseFault, plain_reason
from sild.postgres.places import write_private

YEARS_OF_AUTHORITY, DAYS_OF_CERTIFICATE = 10, 825
SLACK = dt.timedelta(minutes=5)
"""Two machines' clocks differ a little: a certificate is good a little before it was made."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and its key, as PEM text."""

    certificate: str
    key: str


class Authority:
    """The authority kept in `folder` as ca.pem and ca.key; made when missing. Raises DatabaseFault when it cannot be read."""

    def __init__(self, folder: Path, today: dt.datetime) -> None:
        self._today = today
        self.certificate_path = folder / "ca.pem"
        key_path = folder / "ca.key"
        try:
            if not key_path.exists():
                made = _made_authority(today)
                write_private(key_path, made.key)
                write_private(self.certificate_path, made.certificate)
            key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
            self.certificate = x509.load_pem_x509_certificate(self.certificate_path.read_bytes())
        except (OSError, ValueError) as error:
            why = plain_reason(error) if isinstance(error, OSError) else "it is damaged"
            raise DatabaseFault(f"The authority of the pair in {folder} cannot be used ({why}): restore the folder.") from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != self.certificate.public_key():
            raise DatabaseFault(f"Key and certificate of the authority in {folder} do not belong together: restore the folder.")
        self._key = key

    @property
    def pem(self) -> str:
        """What both sides believe, and nothing else."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def for_server(self, hosts: tuple[str, ...]) -> Issued:
        """A certificate by which a server proves that it is one of these names or addresses."""
        names: list[x509.GeneralName] = []
        for host in hosts:
            try:
                names.append(x509.IPAddress(ipaddress.ip_address(host)))
            except ValueError:
                names.append(x509.DNSName(host))
        return self._issue(hosts[0], ExtendedKeyUsageOID.SERVER_AUTH, x509.SubjectAlternativeName(names))

    def for_role(self, role: str) -> Issued:
        """A certificate by which a role of the database proves itself beside its password."""
        return self._issue(role, ExtendedKeyUsageOID.CLIENT_AUTH, None)

    def _issue(self, name: str, usage: x509.ObjectIdentifier, names: x509.SubjectAlternativeName | None) -> Issued:
        key = ec.generate_private_key(ec.SECP256R1())
        ends = min(self._today + dt.timedelta(days=DAYS_OF_CERTIFICATE), self.certificate.not_valid_after_utc)
        building = _begun(name, self.certificate.subject, key, self._today, ends)
        building = building.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        building = building.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        if names is not None:
            building = building.add_extension(names, critical=False)
        return _pem(building.sign(self._key, hashes.SHA256()), key)


def _made_authority(today: dt.datetime) -> Issued:
    key = ec.generate_private_key(ec.SECP256R1())
    name = "Sild standby authority"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    building = _begun(name, subject, key, today, today + dt.timedelta(days=365 * YEARS_OF_AUTHORITY))
    building = building.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    usage = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    building = building.add_extension(x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True)
    return _pem(building.sign(key, hashes.SHA256()), key)


def _begun(name: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, today: dt.datetime, ends: dt.datetime) -> x509.CertificateBuilder:
    begun = x509.CertificateBuilder().subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])).issuer_name(issuer)
    begun = begun.public_key(key.public_key()).serial_number(x509.random_serial_number())
    return begun.not_valid_before(today - SLACK).not_valid_after(ends)


def _pem(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Issued:
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return Issued(certificate.public_bytes(serialization.Encoding.PEM).decode(), secret.decode())
