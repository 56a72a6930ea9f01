"""The index that search uses: values and quotes of the open claims, in step with them within each transaction.

SQLite: an FTS5 table `claim_words` over the view `claim_words_open`, kept in step here, many rows at a time (triggers
would take five times as long: each row would be written to the index by itself). PostgreSQL: the indexes
`claim_words_value` and `claim_words_quote`, which need nobody. Both come from the migrations.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

_ADD = text("""
    INSERT INTO claim_words (rowid, value, quote)
    SELECT id, value, quote FROM claim WHERE id > :last AND closed_by IS NULL
""")
_DROP = """
    INSERT INTO claim_words (claim_words, rowid, value, quote)
    SELECT 'delete', id, value, quote FROM claim WHERE source = :source AND closed_by IS NULL
"""
_DROP_ALL, _DROP_ONE = text(_DROP), text(f"{_DROP} AND key = :key")


def last_claim(connection: Connection) -> int:
    """Return the number of the newest claim, to be given to `add` once there are newer ones."""
    return connection.execute(text("SELECT max(id) FROM claim")).scalar() or 0


def add(connection: Connection, last: int) -> None:
    """Index the open claims that are newer than `last`."""
    if connection.dialect.name == "sqlite":
        connection.execute(_ADD, {"last": last})


def drop(connection: Connection, source: str, keys: Iterable[str] | None = None) -> None:
    """Take a source's open claims (all, or those of the keys) out of the index, before they end or go."""
    if connection.dialect.name != "sqlite":
        return
    if keys is None:
        connection.execute(_DROP_ALL, {"source": source})
    elif rows := [{"source": source, "key": key} for key in keys]:
        connection.execute(_DROP_ONE, rows)
