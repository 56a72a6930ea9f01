"""Secrets taken out of words: what is logged, kept or told may quote an error of a library, which may quote anything.

By shape: Slack's tokens, what a header authorises with, the password in an address, what it is asked with, the
addresses by which Slack lets anybody post. By value: the secrets of the settings, which only `Mask` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote

HIDDEN = "•••"
SHORTEST = 6
"""Characters of a secret that is known by its value; a shorter one would blot out half of what is said."""

_SHAPES = (
    (re.compile(r"\b(xox[a-z]|xapp|xwfp)-[\w-]+"), rf"\1-{HIDDEN}"),
    (re.compile(r"(?i)\b(bearer)(\s+)[\w.~+/•-]{4,}=*"), rf"\1\2{HIDDEN}"),
    # "Basic Information" is a page of Slack's.
    (re.compile(r"(?i)(authorization\W{1,6}basic)(\s+)[\w.~+/•-]{4,}=*"), rf"\1\2{HIDDEN}"),
    (re.compile(r"(?<=://)([^\s/:@'\"<>]*):[^\s/'\"<>]+@"), rf"\1:{HIDDEN}@"),
    # A name alone may be a token; of a database it is the user's.
    (re.compile(r"(?<!postgresql)://[^\s/:@'\"<>•]+@"), f"://{HIDDEN}@"),
    (re.compile(r"(?i)([?&](?:ticket|token|key|secret|\w*password)=)[^&\s'\"<>]+"), rf"\1{HIDDEN}"),
    (re.compile(r"(hooks\.slack(?:-gov)?\.com/)[^\s'\"<>]+"), rf"\1{HIDDEN}"),
)


def masked(text: str) -> str:
    """Return a text without what looks like a secret."""
    for shape, instead in _SHAPES:
        text = shape.sub(instead, text)
    return text


class Mask:
    """Takes out of texts what looks like a secret, and the secrets that it was given."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Know secrets by their value, the longest first: one may be a part of another."""
        known = {secret for secret in secrets if len(secret) >= SHORTEST}
        self._known = sorted(known, key=len, reverse=True)

    def __repr__(self) -> str:
        """Say how many it knows, and none of them."""
        return f"Mask({len(self._known)} secrets)"

    def __call__(self, text: str) -> str:
        """Return the text without them."""
        for secret in self._known:
            text = text.replace(secret, HIDDEN)
        return masked(text)


def without_secret(secret: str) -> str:
    """Return what may be shown of a secret: of a token its kind."""
    kind = re.match(r"xox[a-z]-|xapp-", secret)
    return f"{kind[0] if kind else ''}{HIDDEN}"


_DATABASE = re.compile(r"[\w+]+://(?:[^:/]*(?::(?P<password>[^@]*))?@)?[^?]*(?:\?(?P<asked>.*))?", re.DOTALL)
"""A database's URL as the library reads it that opens it: a password ends at the first @, whatever else is in it."""


def without_password(url: str) -> str:
    """Return a database's URL as it may be shown."""
    bare = re.sub(r"://([^:/@]*):.*@", rf"://\1:{HIDDEN}@", url, flags=re.DOTALL)
    return re.sub(r"(password=)[^&]*", rf"\1{HIDDEN}", bare)


def passwords_of(url: str) -> list[str]:
    """Return the passwords in a database's URL, as they are written and as they are meant."""
    parts = _DATABASE.match(url.strip())
    if not parts:
        return []
    asked = parse_qsl(parts["asked"] or "")
    found = [parts["password"] or "", *(value for name, value in asked if name in ("password", "sslpassword"))]
    return [form for one in found for form in (one, unquote(one))]
