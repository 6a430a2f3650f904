"""Writes of accounts: signing in, and what the administrator does."""

from recruit.accounts.commands.administration import (
    change_account,
    close_account,
    end_sessions,
    invite_outsider,
    invite_person,
    make_link,
    reopen_account,
)
from recruit.accounts.commands.signing_in import (
    HASHER,
    NewSession,
    first_administrator,
    set_password,
    set_preferences,
    sign_in,
    sign_out,
    start_session,
)

__all__ = [
    "HASHER",
    "NewSession",
    "change_account",
    "close_account",
    "end_sessions",
    "first_administrator",
    "invite_outsider",
    "invite_person",
    "make_link",
    "reopen_account",
    "set_password",
    "set_preferences",
    "sign_in",
    "sign_out",
    "start_session",
]
