"""Reads of accounts and sessions: who is signed in, and what the administrator sees."""

from recruit.accounts.queries.administration import (
    AccountRow,
    AccountView,
    account,
    accounts,
    count_accounts,
    people_without_account,
)
from recruit.accounts.queries.signing_in import (
    OpenLink,
    account_with,
    may_try,
    open_link,
    signed_in,
    still_signed_in,
)

__all__ = [
    "AccountRow",
    "AccountView",
    "OpenLink",
    "account",
    "account_with",
    "accounts",
    "count_accounts",
    "may_try",
    "open_link",
    "people_without_account",
    "signed_in",
    "still_signed_in",
]
