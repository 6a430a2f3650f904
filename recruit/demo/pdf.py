"""The smallest PDF that shows a few lines of text, so that the demo has documents to open."""

from collections.abc import Sequence


def pdf(lines: Sequence[str]) -> bytes:
    """Return one A4 page with `lines`; letters beyond Latin-1 become question marks."""
    shown = [line.translate({92: "\\\\", 40: "\\(", 41: "\\)"}) for line in lines]
    text = "BT /F1 11 Tf 16 TL 60 780 Td " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
    stream = text.encode("cp1252", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(parts) + 1, table) + tail
