"""Typography: how a form sets quotes, apostrophes, dashes, spaces and dates."""

from __future__ import annotations

import re
from datetime import date
from random import Random

from bot.domain.dates import MONTHS
from tests.forms.form import DASHES, INVISIBLE, QUOTES, SPACES, Form

_DATE = re.compile(r"⟨(\d{4})-(\d\d)-(\d\d)⟩")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Press:
    """Sets text in a form. The same form sets the same page each time."""

    def __init__(self, form: Form) -> None:
        """Take the form's type."""
        self.form = form
        self.dice = Random(form.seed)
        self._loses = "lost" in form.encoding  # a space that lost a byte is no space any more, whoever reads it
        self._open, self._close, self._apostrophe, self._inner_open, self._inner_close = QUOTES[form.quotes]

    def title(self, text: str) -> str:
        """Return a title as this form prints it, without what is invisible in it."""
        # a closing nested quote and an apostrophe are one character until here: what opened tells them apart
        pieces, inside = [], False
        for n, char in enumerate(text):
            if char == "‘":
                inside = True
                pieces.append(self._inner_open)
            elif char == "’":
                closes = inside and not text[n + 1 : n + 2].isalpha()
                pieces.append(self._inner_close if closes else self._apostrophe)
                inside = inside and not closes
            else:
                pieces.append(char)
        return "".join(pieces).replace("–", DASHES[self.form.dashes])

    def set(self, text: str) -> str:
        """Return text as this form prints it."""
        if self.form.medium == "text" and self.form.encoding.startswith("cp1252"):
            text = text.replace("✓", "Yes")  # which cp1252 has no character for
        dated = _DATE.sub(lambda m: self.date(date(int(m[1]), int(m[2]), int(m[3]))), text)
        quoted = self.title(dated).replace("⟪", self._open).replace("⟫", self._close)
        return self._hidden(self._spaced(quoted))

    def date(self, day: date) -> str:
        """Return a day as this form writes it."""
        month = MONTHS[day.month - 1]
        end = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return {
            "ordinal": f"{day.day}{end} {month} {day.year}",
            "ordinal of": f"{day.day}{end} of {month} {day.year}",
            "raised ordinal": f"{day.day}{end} {month} {day.year}",  # the writer of HTML raises it
            "weekday": f"{_DAYS[day.weekday()]} {day.day} {month} {day.year}",
            "short": f"{day.day} {month[:3]} {day.year}",
            "padded": f"{day.day:02d} {month} {day.year}",
            "iso": day.isoformat(),
            "slashes": f"{day:%d/%m/%Y}",
            "dots": f"{day:%d.%m.%Y}",
            "month first": f"{month} {day.day}, {day.year}",
        }.get(self.form.dates, f"{day.day} {month} {day.year}")

    def _spaced(self, text: str) -> str:
        if self.form.spaces == "plain" or self._loses:
            return text
        return re.sub(" ", lambda _: SPACES[self.form.spaces] if self.dice.random() < 0.4 else " ", text)

    def _hidden(self, text: str) -> str:
        if self.form.invisible == "none" or self._loses:
            return text
        mark = INVISIBLE[self.form.invisible]
        return re.sub(r"(?<=\w)(?=\w)", lambda _: mark if self.dice.random() < 0.1 else "", text)


def shuffled(form: Form, count: int, salt: str = "") -> list[int]:
    """Return the numbers below `count` in the form's order."""
    numbers = list(range(count))
    if form.order:
        Random(f"{form.order}{salt}").shuffle(numbers)
    return numbers
