"""Files that somebody sent, given back as downloads: never shown inside a page."""

from urllib.parse import quote

from litestar import Response

from competences.files import TYPES


def attachment(name: str, kind: str, content: bytes) -> Response[bytes]:
    """Return a file as a download. The name goes out encoded (RFC 5987): no header can be forged with it."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=TYPES[kind], headers={"Content-Disposition": disposition})
