"""Values as they are compared: what two of them have in common when they say the same thing."""

from __future__ import annotations

import re
import unicodedata

from bot.domain import vocabulary
from bot.domain.vocabulary import Type


def plain(text: str) -> str:
    """Return text as it is compared: its words alone. Quotes, dashes, spaces and capitals never make a difference."""
    joined = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return re.sub(r"[^\w.+%]|_|(?<!\d)\.|\.(?!\d)", "", joined)


def row(subject: str, attribute: str) -> vocabulary.Attribute:
    """Return the vocabulary's row; for what it does not know (any more) one of light text that may occur often."""
    kind = subject.partition(":")[0]
    known = vocabulary.TABLE.get((kind, attribute))
    return known or vocabulary.Attribute(
        kind, attribute, Type.TEXT, attribute.replace("_", " "), many=True, weight=vocabulary.Weight.LIGHT
    )


def same(subject: str, attribute: str, value: str) -> str:
    """Return what all ways to write a value of an attribute have in common."""
    text = row(subject, attribute).type is Type.TEXT or value.startswith("other:")
    return plain(value) if text else value
