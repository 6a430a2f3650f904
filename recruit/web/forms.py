"""The one place that turns a post into values, or into errors beside their fields."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from litestar import Request
from litestar.datastructures import UploadFile

from competences.errors import Invalid
from competences.text import _
from recruit.web.i18n import local

#: What a typed date may be in, so that months can be counted from it.
YEARS = range(1900, 2101)


def row_id(typed: str | None) -> int | None:
    """Return the id of a row that a form or an address names; None for anything strange."""
    text = typed or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class Post:
    """What somebody sent. Each reader takes one field; `check` refuses when any could not be read."""

    def __init__(self, values: dict[str, list[str]], files: dict[str, UploadFile] | None = None) -> None:
        self.values = values
        self.files = files or {}
        self.errors: dict[str, str] = {}

    def get(self, name: str) -> str:
        """Return what was typed, as it was typed, for drawing the form again."""
        return (self.values.get(name) or [""])[0]

    def has(self, name: str) -> bool:
        """Return whether the field was sent at all."""
        return name in self.values

    def text(self, name: str, *, required: str = "", limit: int = 4000) -> str:
        """Return a trimmed text. `required` is the sentence for an empty one."""
        value = self.get(name).replace("\r\n", "\n").replace("\x00", "").strip()
        if required and not value:
            self.errors[name] = required
        if len(value) > limit:
            self.errors[name] = _(
                "This has %(length)s characters; at most %(limit)s fit.", length=len(value), limit=limit
            )
        return value

    def whole(self, name: str, *, low: int, high: int, empty: int | None = None) -> int:
        """Return a whole number within low..high; `empty` stands in for an empty field."""
        typed = self.get(name).strip()
        if not typed and empty is not None:
            return empty
        if not typed.isascii() or not typed.isdigit() or not low <= int(typed[:9]) <= high or len(typed) > 9:
            self.errors[name] = _("Enter a whole number from %(low)s to %(high)s.", low=low, high=high)
            return low
        return int(typed)

    def decimal(self, name: str, *, low: str, high: str) -> Decimal:
        """Return a number with at most two decimals; a decimal comma will do."""
        typed = self.get(name).strip().replace(",", ".")
        try:
            value = Decimal(typed)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or not Decimal(low) <= value <= Decimal(high):
            self.errors[name] = _("Enter a number from %(low)s to %(high)s.", low=low, high=high)
            return Decimal(low)
        return value.quantize(Decimal("0.01"))

    def day(self, name: str, *, required: str = "") -> date | None:
        """Return a date typed as 2026-11-24."""
        typed = self.get(name).strip()
        if not typed:
            if required:
                self.errors[name] = required
            return None
        try:
            value = date.fromisoformat(typed)
        except ValueError:
            self.errors[name] = _("Enter a date such as 2026-11-24.")
            return None
        if value.year not in YEARS:
            self.errors[name] = _("Enter a date from 1900 to 2100.")
            return None
        return value

    def moment(self, name: str) -> datetime | None:
        """Return a time typed as 2026-11-24T10:00, read in the organisation's time zone, in UTC."""
        typed = self.get(name).strip()
        if not typed:
            return None
        try:
            typed_local = datetime.fromisoformat(typed)
            zone = local(datetime.now(UTC)).tzinfo
            return (typed_local if typed_local.tzinfo else typed_local.replace(tzinfo=zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.errors[name] = _("Enter a date and time such as 2026-11-24 10:00.")
            return None

    def one_of(self, name: str, options: Collection[str], *, required: str = "") -> str:
        """Return one of `options`, or "" when none was chosen and none is required."""
        value = self.get(name)
        if value in options:
            return value
        if value or required:
            self.errors[name] = required or _("Choose one of the options.")
        return ""

    def some_of(self, name: str, options: Collection[str]) -> list[str]:
        """Return those of `options` that were ticked, in the order of `options`."""
        sent = set(self.values.get(name, ()))
        return [option for option in options if option in sent]

    def row(self, name: str) -> int | None:
        """Return the id of a row that was chosen; None for none."""
        return row_id(self.get(name))

    def rows(self, name: str) -> tuple[int, ...]:
        """Return the ids of the rows that were ticked, in the order of the page."""
        return tuple(key for typed in self.values.get(name, ()) if (key := row_id(typed)) is not None)

    def file(self, name: str, *, required: str) -> UploadFile:
        """Return an uploaded file. `required` is the sentence for none."""
        if name not in self.files:
            raise Invalid({name: required})
        return self.files[name]

    def ticked(self, name: str) -> bool:
        """Return whether a box was ticked."""
        return bool(self.get(name))

    def check(self) -> None:
        """Raise Invalid when any field so far could not be read."""
        if self.errors:
            raise Invalid(self.errors)


async def posted(request: Request) -> Post:  # type: ignore[type-arg]
    """Read the body of a form, files included."""
    form = await request.form()
    values: dict[str, list[str]] = {}
    files: dict[str, UploadFile] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = value
        else:
            values.setdefault(name, []).append(str(value))
    return Post(values, files)
