"""Sealed text: envelope encryption with keys that are not in the database (rule 13).

Each plan has a data key of its own, which seals its texts; a master key wraps the data keys. Master keys come from a
file, the environment or a command, never from the database. The last one named is the current one; earlier ones
still open what they wrapped until a rotation has wrapped it anew.

AES-256-GCM (NIST SP 800-38D), a fresh random nonce of 96 bits for each sealing. The place of a text (table, column,
row, plan) is bound to it as associated data, so that ciphertext moved to another place does not open.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from competences.errors import Conflict
from competences.text import _

FORMAT = b"\x01"
NONCE = 12
KEY = 32


class KeyLost(Conflict):
    """The master key that wrapped a data key is not to be had."""


class Changed(Conflict):
    """A sealed text is not as it was written: changed, cut off, or moved from another place."""


def new_key() -> bytes:
    """Return a fresh key of 256 bits."""
    return AESGCM.generate_key(bit_length=256)


def written(key: bytes) -> str:
    """Return a key as a line of text."""
    return urlsafe_b64encode(key).decode()


def read_keys(text: str) -> tuple[bytes, ...]:
    """Return the keys that lines or comma-separated words of `text` hold, the current one last.

    Raises:
        KeyLost: there is none, or one is not 32 bytes in URL-safe base64.
    """
    words = text.replace(",", "\n").split()
    try:
        keys = tuple(urlsafe_b64decode(word) for word in words)
    except ValueError:
        keys = ()
    if not keys or any(len(key) != KEY for key in keys):
        raise KeyLost(
            _("The master key cannot be read. Put back the file that was kept apart, or set it anew.")
        )
    return keys


def name_of(key: bytes) -> str:
    """Return a short name of a master key, which tells nothing of it."""
    return sha256(b"recruit master key" + key).hexdigest()[:16]


class KeyRing:
    """Master keys, loaded when first needed, and again when a name is not among them or something is wrapped.

    `begin` makes the first master key where that is possible; it is asked only while nothing is sealed yet.
    """

    def __init__(
        self, load: Callable[[], tuple[bytes, ...]], begin: Callable[[], object] = lambda: None
    ) -> None:
        self._load = load
        self.begin = begin
        self._held: tuple[dict[str, bytes], str] = ({}, "")  # one value, as threads may read anew meanwhile

    def wrap(self, key: bytes, place: str) -> tuple[str, bytes]:
        """Return the name of the current master key, and `key` wrapped by it.

        Raises:
            KeyLost: there is no master key.
        """
        self.reload()  # another process may have begun a new one
        keys, current = self._held
        return current, seal(keys[current], key, place)

    def unwrap(self, name: str, wrapped: bytes, place: str) -> bytes:
        """Return the data key that the master key called `name` wrapped.

        Raises:
            KeyLost: that master key is not to be had.
            Changed: what is stored is not what was wrapped for this place.
        """
        if not self.holds(name):
            self.reload()
        keys, _current = self._held
        if name not in keys:
            raise KeyLost(
                _(
                    "This cannot be opened: the master key that it was sealed with is not on this machine."
                    " Nothing is lost while that key exists. Put the key file back, then reload."
                )
            )
        return opened(keys[name], wrapped, place)

    def reload(self) -> None:
        """Read the master keys anew."""
        keys = self._load()
        self._held = {name_of(key): key for key in keys}, name_of(keys[-1])

    def holds(self, name: str) -> bool:
        """Whether the master key called `name` is loaded."""
        return name in self._held[0]

    @property
    def current(self) -> str:
        """The name of the master key that wraps from now on."""
        if not self._held[1]:
            self.reload()
        return self._held[1]


def seal(key: bytes, content: bytes, place: str) -> bytes:
    """Return `content` sealed for one place: format, nonce, ciphertext with tag."""
    nonce = token_bytes(NONCE)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def opened(key: bytes, sealed: bytes, place: str) -> bytes:
    """Return what was sealed.

    Raises:
        Changed: it was changed, cut off, sealed with another key or for another place.
    """
    body = bytes(sealed)
    try:
        if body[:1] != FORMAT:
            raise InvalidTag
        return AESGCM(key).decrypt(body[1 : 1 + NONCE], body[1 + NONCE :], place.encode())
    except (InvalidTag, ValueError):
        raise Changed(
            _(
                "This text is not as it was written: it was changed, cut off or moved outside of Recruit."
                " It is not shown. Tell your administrator, who can restore a backup."
            )
        ) from None
