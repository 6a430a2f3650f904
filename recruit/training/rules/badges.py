"""Open Badges 3.0: a credential that anybody can verify without asking us, signed as VC-JWT.

The issuer is a did:key: the identifier is the public key itself, so nothing has to be fetched to verify a badge.
"""

import json
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.errors import SecurityWarning
from joserfc.jwk import OKPKey

CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: Multicodec prefix of an Ed25519 public key.
_ED25519 = b"\xed\x01"


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says. `page` is where its code is verified, `course_page` where the course is described."""

    page: str
    course_page: str
    email: str | None
    course: str
    title: str
    number: int
    aims: str
    criteria: str
    completed_on: date
    ends_on: date | None
    code: str


def did_of(key: OKPKey) -> str:
    """Return the did:key of an Ed25519 key.

    Source:
        W3C CCG, The did:key Method v0.9: base58btc of the multicodec 0xed01 and the 32 bytes of the public key.
    """
    public = key.public_key
    assert isinstance(public, Ed25519PublicKey)
    return f"did:key:z{base58(_ED25519 + public.public_bytes(Encoding.Raw, PublicFormat.Raw))}"


def base58(content: bytes) -> str:
    """Return bytes in the alphabet of Bitcoin; a zero byte at the front becomes a 1."""
    number, found = int.from_bytes(content), ""
    while number:
        number, rest = divmod(number, 58)
        found = _BASE58[rest] + found
    return "1" * (len(content) - len(content.lstrip(b"\0"))) + found


def credential(badge: Badge, issuer: str, organisation: str) -> dict[str, Any]:
    """Return the credential of a badge, unsigned.

    Args:
        issuer: The did of the organisation.
    """
    found: dict[str, Any] = {
        "@context": list(CONTEXT),
        "id": badge.page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.title,
        "issuer": {"id": issuer, "type": ["Profile"], "name": organisation},
        "validFrom": _text(_midnight(badge.completed_on)),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": badge.course_page,
                "type": ["Achievement"],
                "achievementType": "Course",
                "name": badge.title,
                "humanCode": badge.course,
                "version": str(badge.number),
                "description": badge.aims or badge.title,
                "criteria": {"narrative": badge.criteria},
            },
        },
    }
    if badge.ends_on is not None:
        found["validUntil"] = _text(_midnight(badge.ends_on + timedelta(days=1)) - timedelta(seconds=1))
    if badge.email:
        found["credentialSubject"]["identifier"] = [_identity(badge.email, badge.code)]
    return found


def _identity(email: str, code: str) -> dict[str, Any]:
    """Return whose badge it is, as a digest: who knows the address can compare it, nobody can read it."""
    salt = sha256(f"salt {code}".encode()).hexdigest()[:16]
    digest = sha256((email.lower() + salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": True,
        "salt": salt,
        "identityHash": f"sha256${digest}",
    }


def signed(found: dict[str, Any], key: OKPKey) -> str:
    """Return a credential as VC-JWT: the credential is the payload, with the claims that repeat it."""
    issuer = found["issuer"]["id"]
    claims = {
        **found, "iss": issuer, "jti": found["id"], "nbf": _seconds(found["validFrom"]),
        **({"exp": _seconds(found["validUntil"])} if "validUntil" in found else {}),
    }  # fmt: skip
    header = {"alg": "EdDSA", "typ": "JWT", "kid": f"{issuer}#{issuer.removeprefix('did:key:')}"}
    with warnings.catch_warnings():
        # RFC 9864 gave the algorithm another name, which verifiers of badges do not know yet.
        warnings.simplefilter("ignore", SecurityWarning)
        return jws.serialize_compact(
            header, json.dumps(claims, ensure_ascii=False), key, algorithms=["EdDSA"]
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())
