"""The key that badges are signed with. It lies in the data folder, and in every backup."""

from joserfc.jwk import OKPKey

from recruit.settings import Settings
from recruit.web.secret_files import made_once


def badge_key(settings: Settings) -> OKPKey:
    """Return the organisation's key, made when the first badge is asked for."""
    return OKPKey.import_key(made_once(settings.badge_key, _new))


def _new() -> str:
    return OKPKey.generate_key("Ed25519").as_pem(private=True).decode()
