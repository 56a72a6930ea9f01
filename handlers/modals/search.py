"""The form in which somebody looks for words; what is found shows in it, each with a button for all of it."""

from __future__ import annotations

import re

from bot.asking import Ask
from bot.ports import Message
from bot.render import forms
from bot.render.views import View
from handlers.modals.meta import fresh


def opened(ask: Ask, words: str, *, home: str) -> View:
    """Return the form, with words filled in."""
    said = re.sub(r"^(?:search|find)\b\s*", "", words, flags=re.IGNORECASE)
    return forms.search(said, None, fresh(ask, home=home).written())


def found(words: str, answer: Message, meta: str) -> View:
    """Return the form with what was found for its words."""
    return forms.search(words, answer, meta)
