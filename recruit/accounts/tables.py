"""Who can sign in, and from where they are signed in."""

from piccolo.columns import Array, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from competences.people.tables import Person


class Account(Table, help_text="A person's way in."):
    id: Serial
    person = ForeignKey(Person, null=False, unique=True, on_delete=OnDelete.cascade)
    email = Varchar(length=254, unique=True, help_text="Lower case; what they sign in with.")
    password = Text(null=True, default=None, help_text="argon2id; null until a link was used.")
    roles = Array(base_column=Varchar(length=24))
    language = Varchar(length=12, default="", help_text="Empty: as the browser asks.")
    theme = Varchar(length=8, default="", help_text="light, dark, or empty for the device's.")
    ends_at = Timestamptz(null=True, default=None, help_text="An outside account ends by itself.")
    closed_at = Timestamptz(null=True, default=None)


class Session(Table, help_text="One browser that is signed in."):
    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    token = Varchar(length=64, unique=True, help_text="SHA-256 of the cookie.")
    started_at = Timestamptz()
    seen_at = Timestamptz()
    ends_at = Timestamptz(help_text="Whatever happens, then it ends.")


class Link(Table, help_text="A link that sets a password once: an invitation or a reset."):
    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    token = Varchar(length=64, unique=True, help_text="SHA-256 of the secret in the link.")
    made_at = Timestamptz()
    ends_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)


class SignInAttempt(Table, help_text="A failed sign-in, counted to slow guessing; kept for an hour."):
    id: Serial
    key = Varchar(length=64, index=True, help_text="SHA-256 of the address typed, or of the network address.")
    at = Timestamptz()
