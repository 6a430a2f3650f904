"""What an administrator does with accounts. The secret of a link is returned once and never stored."""

from datetime import UTC, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.tables import Person
from competences.stamp import stamp
from competences.text import _
from recruit.accounts.events import (
    AccountChanged,
    AccountClosed,
    AccountInvited,
    AccountReopened,
    LinkMade,
    SignedOut,
)
from recruit.accounts.rules import LINK_LASTS, AccountDraft, Outsider, draft_problems
from recruit.accounts.tables import Account, Link, Session
from recruit.web.session import fingerprint, new_secret

ADMINISTRATOR = "administrator"


async def invite_person(actor: Actor, person_id: int | None, draft: AccountDraft) -> tuple[int, str]:
    """Make an account for somebody who works here; return its id and the secret of the link.

    Raises:
        Invalid: there is no such person, they have an account, or the roles do not fit.
    """
    secret = new_secret()
    made = await _invite_person(actor, person_id, draft, fingerprint(secret))
    return made.subject_id, secret


@command
async def _invite_person(
    actor: Actor, person_id: int | None, draft: AccountDraft, token: str
) -> AccountInvited:
    row = await Person.objects().get((Person.id == (person_id or 0)) & (Person.external == "")).lock_rows()
    if row is None:
        raise Invalid({"person": _("Choose somebody from the list.")})
    if not row.email:
        raise Invalid({"person": _("This person has no work address. Add it to the staff record first.")})
    if await Account.exists().where(Account.person == row.id):
        raise Invalid({"person": _("This person has an account already.")})
    _check(draft, outside=False)
    return await _add(row.id, row.email, draft, token)


async def invite_outsider(actor: Actor, outsider: Outsider, draft: AccountDraft) -> tuple[int, str]:
    """Make a record and an account for an outside panel member; return the account's id and the secret.

    Raises:
        Invalid: the address is known, or the account has no end.
    """
    secret = new_secret()
    made = await _invite_outsider(actor, outsider, draft, fingerprint(secret))
    return made.subject_id, secret


@command
async def _invite_outsider(
    actor: Actor, outsider: Outsider, draft: AccountDraft, token: str
) -> AccountInvited:
    _check(draft, outside=True)
    known = await Person.objects().get(Person.email == outsider.email).lock_rows()
    if known and not known.external:
        raise Invalid({"email": _("This is the address of somebody who works here.")})
    if known and await Account.exists().where(Account.person == known.id):
        raise Invalid({"email": _("This outside member has an account already. Reopen that one.")})
    row = known or Person(email=outsider.email)
    row.name, row.external, row.ended_on = outsider.name, outsider.organisation, None
    await row.save()
    return await _add(row.id, outsider.email, draft, token)


def _check(draft: AccountDraft, *, outside: bool) -> None:
    if problems := draft_problems(draft, outside=outside, now=datetime.now(UTC)):
        raise Invalid(problems)


async def _add(person_id: int, email: str, draft: AccountDraft, token: str) -> AccountInvited:
    if await Account.exists().where(Account.email == email):
        raise Invalid({"email": _("Another account signs in with this address.")})
    account = Account(person=person_id, email=email, roles=list(draft.roles), ends_at=draft.ends_at)
    await account.save()
    await _link(account.id, token)
    return AccountInvited(subject_id=account.id, roles=draft.roles)


async def _link(account_id: int, token: str) -> None:
    """One link works at a time: a newer one ends those before."""
    now = datetime.now(UTC)
    await Link.delete().where(Link.account == account_id, Link.used_at.is_null())
    await Link(account=account_id, token=token, made_at=now, ends_at=now + LINK_LASTS).save()


async def make_link(actor: Actor, account_id: int) -> str:
    """Make a link that sets a new password; return its secret. Until it is used the old password works.

    Raises:
        NotFound: there is no such account.
        Conflict: the account is closed.
    """
    secret = new_secret()
    await _make_link(actor, account_id, fingerprint(secret))
    return secret


@command
async def _make_link(actor: Actor, account_id: int, token: str) -> LinkMade:
    row = await _locked(account_id)
    if row.closed_at is not None:
        raise Conflict(_("This account is closed. Reopen it first."))
    await _link(account_id, token)
    return LinkMade(subject_id=account_id)


@command
async def change_account(
    actor: Actor, account_id: int, draft: AccountDraft, shown: str
) -> AccountChanged | None:
    """Change address, roles and end of an account. Roles hold from the next click.

    Raises:
        NotFound: there is no such account.
        Conflict: the form is stale, or nobody would be administrator any more.
        Invalid: the roles do not fit, or another account has the address.
    """
    others = await _other_administrators(account_id)
    row = await _locked(account_id)
    if (row.email, sorted(row.roles), row.ends_at) == (draft.email, sorted(draft.roles), draft.ends_at):
        return None
    if shown != stamp(row.email, sorted(row.roles), row.ends_at):
        raise Conflict(
            _("Somebody else changed this account while you were editing. Look at it again first.")
        )
    person = await Person.objects().get(Person.id == row.person)
    assert person is not None
    _check(draft, outside=bool(person.external))
    if not draft.email:
        raise Invalid({"email": _("Enter the address that they sign in with.")})
    if await Account.exists().where(Account.email == draft.email, Account.id != account_id):
        raise Invalid({"email": _("Another account signs in with this address.")})
    loses = ADMINISTRATOR not in draft.roles or draft.ends_at is not None
    if loses and ADMINISTRATOR in row.roles and not others:
        raise Conflict(_("Nobody else is administrator. Give somebody else the role first."))
    await Account.update(
        {Account.email: draft.email, Account.roles: list(draft.roles), Account.ends_at: draft.ends_at}
    ).where(Account.id == account_id)
    return AccountChanged(subject_id=account_id, roles=draft.roles)


@command
async def close_account(actor: Actor, account_id: int, now: datetime) -> AccountClosed | None:
    """Let nobody sign in with this account any more, and end its sessions and links.

    Raises:
        NotFound: there is no such account.
        Conflict: it is the actor's own, or the last administrator's.
    """
    others = await _other_administrators(account_id)
    row = await _locked(account_id)
    if account_id == actor.account_id:
        raise Conflict(_("You cannot close your own account. Ask another administrator."))
    if row.closed_at is not None:
        return None
    if ADMINISTRATOR in row.roles and not others:
        raise Conflict(_("Nobody else is administrator. Give somebody else the role first."))
    await Account.update({Account.closed_at: now}).where(Account.id == account_id)
    await Session.delete().where(Session.account == account_id)
    await Link.delete().where(Link.account == account_id, Link.used_at.is_null())
    return AccountClosed(subject_id=account_id)


@command
async def reopen_account(actor: Actor, account_id: int) -> AccountReopened | None:
    """Let somebody sign in again; their password is as it was.

    Raises:
        NotFound: there is no such account.
    """
    row = await _locked(account_id)
    if row.closed_at is None:
        return None
    await Account.update({Account.closed_at: None}).where(Account.id == account_id)
    return AccountReopened(subject_id=account_id)


@command
async def end_sessions(actor: Actor, account_id: int) -> SignedOut:
    """Sign somebody out everywhere.

    Raises:
        NotFound: there is no such account.
    """
    await _locked(account_id)
    await Session.delete().where(Session.account == account_id)
    return SignedOut(subject_id=account_id, everywhere=True)


async def _locked(account_id: int) -> Account:
    row: Account | None = await Account.objects().get(Account.id == account_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such account."))
    return row


async def _other_administrators(account_id: int) -> bool:
    """Return whether another administrator can sign in. All are locked, so that two cannot both leave."""
    rows = await Account.raw(
        "SELECT a.id, a.password IS NOT NULL AND (p.ended_on IS NULL OR p.ended_on >= current_date) AS able"
        " FROM account a JOIN person p ON p.id = a.person"
        " WHERE 'administrator' = ANY(a.roles) AND a.closed_at IS NULL AND a.ends_at IS NULL"
        " ORDER BY a.id FOR UPDATE OF a"
    )
    return any(row["able"] and row["id"] != account_id for row in rows)
