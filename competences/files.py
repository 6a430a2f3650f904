"""What a file is, by its content: names and types that a browser sends prove nothing."""

import io
import zipfile

from competences.errors import Invalid
from competences.text import _

LARGEST = 10 * 1024 * 1024
_ENDINGS = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "odt": (".odt",),
    "jpg": (".jpg", ".jpeg"),
    "png": (".png",),
}
#: What browsers are told that a kind is.
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_LONGEST_NAME = 160


def checked_kind(content: bytes, field: str) -> str:
    """Return the kind of a file that somebody sent in `field` of a form.

    Raises:
        Invalid: it is empty, over 10 MB, or none of the kinds that are taken.
    """
    if not content:
        raise Invalid({field: _("The file is empty.")})
    if len(content) > LARGEST:
        raise Invalid({field: _("The file has more than 10 MB. Choose a smaller one.")})
    kind = kind_of(content)
    if kind is None:
        raise Invalid(
            {field: _("Only PDF, DOCX, ODT, JPG and PNG files are taken; this is none of them inside.")}
        )
    return kind


def kind_of(content: bytes) -> str | None:
    """Return pdf, docx, odt, jpg or png; None for everything else."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return _office_kind(content) if content.startswith(b"PK\x03\x04") else None


def _office_kind(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                types = _beginning(archive, "[Content_Types].xml", 1_000_000)
                macros = b"macroenabled" in types.lower() or "word/vbaProject.bin" in names
                return None if macros else "docx"
            if "mimetype" in names:
                text = _beginning(archive, "mimetype", 100)
                return "odt" if text == b"application/vnd.oasis.opendocument.text" else None
    except Exception:  # forged archives fail in every way that zlib, lzma and struct know
        return None
    return None


def _beginning(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Return the first `limit` bytes of a member: one that unpacks without end does no harm."""
    with archive.open(name) as member:
        return member.read(limit)


def safe_name(name: str) -> str:
    """Return the last part of a file name without control characters, at most 160 long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = "".join(character for character in last if character.isprintable()).strip(". ")
    return cleaned[-_LONGEST_NAME:] or "document"


def name_of_kind(name: str, kind: str) -> str:
    """Return a safe name that ends as files of this kind do, so that nothing else opens it."""
    safe = safe_name(name)
    if safe.lower().endswith(_ENDINGS[kind]):
        return safe
    return f"{safe[: _LONGEST_NAME - 5]}.{kind}"
