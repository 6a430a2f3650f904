"""What a file is, by its content: names and types that a browser sends prove nothing."""

import io
import zipfile

LARGEST = 10 * 1024 * 1024


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
                return None if "word/vbaProject.bin" in names else "docx"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                text = archive.read("mimetype")
                return "odt" if text == b"application/vnd.oasis.opendocument.text" else None
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError, ValueError):
        return None
    return None


def safe_name(name: str) -> str:
    """Return the last part of a file name without control characters, at most 160 long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = "".join(character for character in last if character.isprintable()).strip(". ")
    return cleaned[-160:] or "document"
