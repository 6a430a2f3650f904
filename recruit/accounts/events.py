"""What the log says of accounts."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInEvent(Event):
    """Somebody signed in."""

    name = "account.signed-in"
    subject = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Event):
    """Somebody signed out, perhaps everywhere."""

    name = "account.signed-out"
    subject = "account"
    everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet(Event):
    """A link was used to set a password."""

    name = "account.password-set"
    subject = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferencesChanged(Event):
    """Language or theme changed."""

    name = "account.preferences-changed"
    subject = "account"
    language: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMade(Event):
    """A link that sets a password was made for an account."""

    name = "account.link-made"
    subject = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInvited(Event):
    """An account was made, with a link to set its password."""

    name = "account.invited"
    subject = "account"
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged(Event):
    """Address, roles or end of an account changed; `roles` are those from now on."""

    name = "account.changed"
    subject = "account"
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Event):
    """Nobody signs in with this account any more."""

    name = "account.closed"
    subject = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReopened(Event):
    """A closed account works again."""

    name = "account.reopened"
    subject = "account"
