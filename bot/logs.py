"""The log: lines for people, or one JSON object a line (`SECBOT_LOG=json`); each with what it is about, none with a
secret.

    2021-11-05 09:00:00,123 INFO bot.pipeline.poll: kept as capture 12 [trace=3f9c01ab source=november-2021]
    {"ts": "2021-11-05T09:00:00.123+00:00", "level": "INFO", "logger": "bot.pipeline.poll", "message": "kept …",
     "trace": "3f9c01ab", "source": "november-2021"}
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

from bot import trace
from bot.masking import masked

FORMS = ("text", "json")
HUMAN = "%(asctime)s %(levelname)s %(name)s: %(message)s"
QUIET = ("httpx", "httpcore", "alembic")
"""Libraries that would tell each of their steps."""
Masks = Callable[[str], str]


class Text(logging.Formatter):
    """Lines for people."""

    def __init__(self, form: str = HUMAN, mask: Masks = masked) -> None:
        """Write lines in a form of `logging`."""
        super().__init__(form)
        self._mask = mask

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        """Return a record as a line, with what it is about at the end."""
        about = " ".join(f"{name}={value}" for name, value in trace.fields().items())
        return f"{super().formatMessage(record)}{f' [{about}]' if about else ''}"

    def format(self, record: logging.LogRecord) -> str:
        """Return all of a record, tracebacks too, without secrets."""
        return self._mask(super().format(record))


class Json(logging.Formatter):
    """One JSON object a line: ts (UTC), level, logger, message, what it is about, and of an error `error`."""

    def __init__(self, mask: Masks = masked) -> None:
        """Write without secrets."""
        super().__init__()
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line."""
        row = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "thread": record.threadName or "",
            **trace.fields(),
        }
        if record.exc_info:
            row["error"] = self.formatException(record.exc_info)
        return json.dumps({name: self._mask(value) for name, value in row.items()}, ensure_ascii=False)


def for_commands(mask: Masks = masked) -> None:
    """Log what a command that ends by itself has to say of errors: it prints the rest."""
    _begin(Text("secbot: %(message)s", mask), logging.ERROR, force=False)


def for_good(form: str, mask: Masks = masked, stream: TextIO | None = None) -> None:
    """Log everything of what runs until it is stopped, in one of `FORMS`, to stderr unless a stream is given."""
    _begin(Json(mask) if form == "json" else Text(mask=mask), logging.INFO, stream)
    for library in QUIET:
        logging.getLogger(library).setLevel(logging.WARNING)


def _begin(formatter: logging.Formatter, level: int, stream: TextIO | None = None, *, force: bool = True) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=force)
