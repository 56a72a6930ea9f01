"""Text as its words or letters alone, compared where quotes, dashes, spaces and capitals make no difference."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BETWEEN = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """Return the words of a text in their order."""
    return re.findall(r"\w+", text.casefold())


def words_alone(text: str) -> str:
    """Return the words of a text with single spaces between them."""
    return " ".join(_BETWEEN.sub(" ", text).casefold().split())


def letters(text: str) -> str:
    """Return the letters and figures of a text without what stands between them."""
    return _BETWEEN.sub("", text).casefold()


def in_a_sentence(items: Sequence[str]) -> str:
    """Return items as a sentence lists them: "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
