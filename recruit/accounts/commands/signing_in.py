"""Signing in and out, passwords, preferences."""

from dataclasses import dataclass
from datetime import UTC, datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from competences.actor import SYSTEM, Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.people.tables import Person
from competences.text import _
from recruit.accounts import queries
from recruit.accounts.events import LinkMade, PasswordSet, PreferencesChanged, SignedInEvent, SignedOut
from recruit.accounts.rules import LINK_LASTS, LONGEST, WINDOW, password_problem
from recruit.accounts.tables import Account, Link, Session, SignInAttempt
from recruit.web.session import fingerprint, new_secret

HASHER = PasswordHasher()
# Verified when there is no such account, so that the answer takes as long as for one that exists.
_NOBODY = HASHER.hash("nobody has this password")


@dataclass(frozen=True, slots=True)
class NewSession:
    """The secret for the cookie; only its fingerprint is stored."""

    secret: str
    language: str


async def sign_in(email: str, password: str, place: str) -> NewSession:
    """Start a session for whoever knows the password; `place` is the network address.

    Raises:
        Conflict: too many wrong tries for this address or from this place.
        Invalid: address or password is wrong; it does not say which.
    """
    keys = (fingerprint(f"email {email.strip().lower()}"), fingerprint(f"place {place}"))
    if not await queries.may_try(*keys):
        raise Conflict(_("Too many wrong tries. Wait 15 minutes, or ask your administrator for a new link."))
    account = await queries.account_with(email)
    if not _matches(account.password if account else None, password) or account is None:
        now = datetime.now(UTC)
        await SignInAttempt.insert(*(SignInAttempt(key=key, at=now) for key in keys))
        await SignInAttempt.delete().where(SignInAttempt.at < now - WINDOW * 4)
        raise Invalid(
            {"password": _("The email address or password is not right. Check both and try again.")}
        )
    await SignInAttempt.delete().where(SignInAttempt.key == keys[0])
    return await start_session(account)


def _matches(stored: str | None, password: str) -> bool:
    try:
        return HASHER.verify(stored or _NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


async def start_session(account: Account) -> NewSession:
    """Start a session under a new secret and log it."""
    secret = new_secret()
    person = await account.get_related(Account.person)
    assert person is not None
    actor = Actor(person.id, person.name, frozenset(account.roles), account.id)
    await _start(actor, account.id, fingerprint(secret))
    return NewSession(secret, account.language)


@command
async def _start(actor: Actor, account_id: int, token: str) -> SignedInEvent:
    now = datetime.now(UTC)
    await Session.delete().where(Session.ends_at < now)
    await Session(account=account_id, token=token, started_at=now, seen_at=now, ends_at=now + LONGEST).save()
    return SignedInEvent(subject_id=account_id)


@command
async def sign_out(actor: Actor, account_id: int, *, session_id: int | None) -> SignedOut:
    """End one session of an account, or with None every one."""
    ending = Session.delete().where(Session.account == account_id)
    await (ending if session_id is None else ending.where(Session.id == session_id))
    return SignedOut(subject_id=account_id, everywhere=session_id is None)


@command
async def set_password(actor: Actor, secret: str, password: str) -> PasswordSet:
    """Use a link: set the password, end every session, spend the link.

    Raises:
        NotFound: the link does not work any more.
        Invalid: the password is too easy to guess.
    """
    link = await queries.open_link(secret)
    if problem := password_problem(password, link.email):
        raise Invalid({"password": problem})
    now = datetime.now(UTC)
    spent = (
        await Link.update({Link.used_at: now})
        .where(Link.id == link.link_id, Link.used_at.is_null())
        .returning(Link.id)
    )
    if not spent:
        raise Conflict(_("This link was used in this moment. Ask for a new one."))
    await Account.update({Account.password: HASHER.hash(password)}).where(Account.id == link.account_id)
    await Session.delete().where(Session.account == link.account_id)
    return PasswordSet(subject_id=link.account_id)


@command
async def set_preferences(actor: Actor, *, language: str, theme: str) -> PreferencesChanged:
    """Keep how this person wants to read."""
    assert actor.account_id is not None
    await Account.update({Account.language: language, Account.theme: theme}).where(
        Account.id == actor.account_id
    )
    return PreferencesChanged(subject_id=actor.account_id, language=language, theme=theme)


async def first_administrator(name: str, email: str) -> str:
    """Make the first administrator of an empty database; return the secret of their link.

    Raises:
        Conflict: there is an administrator already.
        Invalid: name or address cannot be used.
    """
    if await Account.exists().where(Account.roles.any("administrator"), Account.closed_at.is_null()):
        raise Conflict(_("There is an administrator already. They make accounts and new links."))
    name, email = name.strip(), email.strip().lower()
    if not name or "@" not in email:
        raise Invalid({"email": _("Give a name and an e-mail address.")})
    secret = new_secret()
    await _make_administrator(SYSTEM, name, email, fingerprint(secret))
    return secret


@command
async def _make_administrator(actor: Actor, name: str, email: str, token: str) -> LinkMade:
    person = Person(name=name, email=email)
    await person.save()
    account = Account(person=person.id, email=email, roles=["administrator"])
    await account.save()
    now = datetime.now(UTC)
    await Link(account=account.id, token=token, made_at=now, ends_at=now + LINK_LASTS).save()
    return LinkMade(subject_id=account.id)
