"""The installation's own signature: the private half is made of the installation's key and kept nowhere, the public
half may be published (docs/decisions/0134-an-evidence-pack-is-verified-by-itself.md).

ECDSA over P-256 with SHA-256, as every browser can verify it; the same bytes have the same signature.
"""

import base64
import hashlib
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.utils.crypto import salted_hmac

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
HALF = 32  # bytes of each number
SALT = "hearing_portal.signing_key"


@cache
def _private_key() -> ec.EllipticCurvePrivateKey:
    made = b"".join(
        salted_hmac(SALT, part, algorithm="sha256").digest() for part in ("a", "b")
    )
    return ec.derive_private_key(int.from_bytes(made) % (ORDER - 1) + 1, ec.SECP256R1())


def sign_bytes(content: bytes) -> str:
    """Both numbers of the signature one after the other, in base64."""
    signed = _private_key().sign(
        content, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    )
    r, s = decode_dss_signature(signed)
    return base64.b64encode(r.to_bytes(HALF) + s.to_bytes(HALF)).decode()


def public_key() -> dict[str, str]:
    """As a JSON web key."""
    numbers = _private_key().public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": _url_base64(numbers.x),
        "y": _url_base64(numbers.y),
    }


def key_fingerprint() -> str:
    """What people compare: the first 80 bits of the SHA-256 of both coordinates, in groups of four letters."""
    key = public_key()
    letters = hashlib.sha256(f"{key['x']}.{key['y']}".encode()).hexdigest()[:20]
    return "-".join(letters[start : start + 4] for start in range(0, 20, 4))


def _url_base64(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(HALF)).decode().rstrip("=")
