"""Files that somebody sent, given back as downloads: never shown inside a page."""

from urllib.parse import quote

from litestar import Response

from competences.files import TYPES


def attachment(name: str, kind: str, content: bytes) -> Response[bytes]:
    """Return a file as a download."""
    return Response(content, media_type=TYPES[kind], headers=named(name))


def named(name: str, how: str = "attachment") -> dict[str, str]:
    """Return the header that names a file. The name goes out encoded (RFC 5987): no header can be forged with it.

    Args:
        how: attachment, or inline for what a browser may show.
    """
    return {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(name, safe='')}"}
