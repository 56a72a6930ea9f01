"""A page's text as bytes, in the encodings that pages come in, rightly declared, wrongly, or not at all."""

from __future__ import annotations

import codecs

from tests.forms.form import Form

_TOLD = {
    "utf-8": "utf-8",
    "utf-8 declared latin-1": "iso-8859-1",
    "cp1252 declared by the server": "windows-1252",
    "cp1252 declared latin-1": "ISO-8859-1",
}


def encoded(text: str, form: Form) -> bytes:
    """Return the bytes of a text."""
    name = form.encoding
    if name == "utf-8 with mark":
        return codecs.BOM_UTF8 + text.encode()
    if name == "utf-16":
        return text.encode("utf-16")
    if name.startswith("cp1252"):
        return _plain_spaces(text, form).encode("cp1252", "xmlcharrefreplace")
    if name == "mojibake of latin-1":
        return text.encode().decode("latin-1").encode()
    if name == "mojibake with lost bytes":
        return _misread(text).translate(dict.fromkeys(range(0x80, 0xA0))).encode()
    if name == "mojibake":
        return _misread(text).encode()
    if name == "mojibake twice":
        return _misread(_misread(text)).encode()
    return text.encode()


def content_type(form: Form) -> str:
    """Return what the server says that the page is."""
    media = {"html": "text/html", "text": "text/plain", "pdf": "application/pdf"}[form.medium]
    charset = _TOLD.get(form.encoding, "")
    return f"{media}; charset={charset}" if charset and form.medium != "pdf" else media


def _misread(text: str) -> str:
    """Return UTF-8 read as cp1252; what cp1252 has no character for stays a control character, as in browsers."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


def _plain_spaces(text: str, form: Form) -> str:
    """Return a text without what cp1252 can't say; HTML can say it in entities."""
    if form.medium == "html":
        return text
    return "".join(char if char.encode("cp1252", "ignore") else " " if char.isspace() else "" for char in text)
