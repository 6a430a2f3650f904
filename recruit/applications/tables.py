"""Who applied, with what documents."""

from piccolo.columns import (
    JSONB,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from competences.people.tables import Person
from recruit.vacancies.tables import Vacancy


class Application(Table, help_text="One person's application to one vacancy."):
    id: Serial
    vacancy = ForeignKey(Vacancy, null=False, on_delete=OnDelete.cascade)
    name = Varchar(length=160, index=True)
    email = Varchar(length=254, default="", help_text="Lower case.")
    phone = Varchar(length=60, default="")
    received_on = Date(null=True, default=None)
    source = Varchar(length=120, default="", help_text="Where they heard of the vacancy.")
    notes = Text(help_text="The applicant may read this.")
    adjustments = Text(help_text="What the applicant agreed the panel may know; nothing about why.")
    withdrawn_at = Timestamptz(null=True, default=None)
    added_at = Timestamptz()
    version = Integer(default=1)


class Document(Table, help_text="A file that came with an application. Its bytes lie in the data folder."):
    id: Serial
    application = ForeignKey(Application, null=False, on_delete=OnDelete.cascade)
    name = Varchar(length=160, help_text="As it was called; never used as a path.")
    kind = Varchar(length=8, help_text="pdf, docx, odt, jpg or png, by its content.")
    size = Integer()
    digest = Varchar(length=64, help_text="SHA-256; also the file's name in the data folder.")
    added_at = Timestamptz()


class ImportDraft(Table, help_text="An uploaded spreadsheet between preview and import; gone after either."):
    id: Serial
    vacancy = ForeignKey(
        Vacancy, null=True, default=None, on_delete=OnDelete.cascade, help_text="Null: something of staff."
    )
    brings = Varchar(length=16, default="", help_text="completions; empty: applications, or levels of staff.")
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    filename = Varchar(length=160)
    content = Bytea()
    choices = JSONB(default="{}", help_text="Encoding, separator, header line and mapping as chosen.")
    made_at = Timestamptz()
