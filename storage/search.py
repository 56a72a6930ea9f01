"""Search in what is said at present: values and quotes of open claims (see `wordindex`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, text

from bot.domain.claims import Statement
from storage import statements

_TOKEN = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
_PER_RESULT = 10
"""How many claims are looked at for each result: several claims of a page quote the same sentence."""

TITLES = ("title", "name")

_SQLITE = """
    SELECT c.id, c.subject, c.attribute, c.value, c.quote FROM claim_words AS w JOIN claim AS c ON c.id = w.rowid
    WHERE claim_words MATCH :words {titles} ORDER BY w.rowid DESC LIMIT :limit
"""

_VECTOR = "to_tsvector('simple', regexp_replace({column}, '[^[:alnum:]]+', ' ', 'g'))"
_POSTGRES = """
    WITH found AS MATERIALIZED (
        SELECT c.id, c.subject, c.attribute, c.value, c.quote FROM claim AS c
        WHERE c.closed_by IS NULL AND {vector} @@ to_tsquery('simple', :words) {titles}
    )
    SELECT id, subject, attribute, value, quote FROM found ORDER BY id DESC LIMIT :limit
"""
"""Materialized: else PostgreSQL may look through the claims from the newest on, which for a rare word takes seconds."""


def search(connection: Connection, words: str, limit: int) -> list[Statement]:
    """See `Store.search`. Titles and names come first, then whole words before beginnings of words, then the newest."""
    asked = _TOKEN.findall(words.lower())[:_MOST_WORDS]
    if not asked or limit < 1:
        return []
    tokens = [_singular(word) for word in asked]
    found = _titles(connection, tokens, limit)
    best = _best(found, asked, limit)
    if len(best) < limit:
        best = _best([*found, *_quotes(connection, tokens, limit)], asked, limit)
    said = statements.numbered(connection, [row.id for row in best])
    return [said[row.id] for row in best]


def _best(found: Sequence[Row[Any]], asked: Sequence[str], limit: int) -> list[Row[Any]]:
    """Return the best of what was found, best first, each title and each sentence once."""
    rows = {row.id: row for row in found}.values()
    ranked = sorted(rows, key=lambda row: (*_rank(row, asked), -row.id))
    return list(islice(_each_once(ranked), limit))


def _singular(word: str) -> str:
    """Return a word without its plural's s: beginnings of words are sought, so "alert" finds "alerts" as well."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _titles(connection: Connection, tokens: Sequence[str], limit: int) -> Sequence[Row[Any]]:
    names = ", ".join(f"'{name}'" for name in TITLES)
    return _rows(connection, "value", tokens, limit * _PER_RESULT, f"AND c.attribute IN ({names})")


def _quotes(connection: Connection, tokens: Sequence[str], limit: int) -> Sequence[Row[Any]]:
    return _rows(connection, "quote", tokens, limit * _PER_RESULT, "")


def _rows(connection: Connection, column: str, tokens: Sequence[str], limit: int, titles: str) -> Sequence[Row[Any]]:
    """Return the number and the words of each claim that holds the words: most are only ranked, and need no more."""
    if connection.dialect.name == "sqlite":
        query = _SQLITE.format(titles=titles)
        beginnings = " AND ".join(f'"{token}"*' for token in tokens)
        sought = f"{column} : ({beginnings})"
    else:
        query = _POSTGRES.format(vector=_VECTOR.format(column=f"c.{column}"), titles=titles)
        sought = " & ".join(f"{token}:*" for token in tokens)
    return connection.execute(text(query), {"words": sought, "limit": limit}).all()


def _rank(row: Row[Any], tokens: Sequence[str]) -> tuple[bool, int]:
    is_title = row.attribute in TITLES and _holds(row.value, tokens)
    said = _TOKEN.findall((row.value if is_title else row.quote).lower())
    return not is_title, -len(set(said) & set(tokens))


def _holds(value: str, tokens: Sequence[str]) -> bool:
    said = _TOKEN.findall(value.lower())
    return all(any(word.startswith(token) for word in said) for token in tokens)


def _each_once(rows: Iterable[Row[Any]]) -> Iterator[Row[Any]]:
    """Leave out a title that another source gives too, and a sentence that was shown already."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        title = (row.subject, " ".join(_TOKEN.findall(row.value.lower())))
        quote = ("", " ".join(row.quote.split()))
        mark = title if row.attribute in TITLES else quote
        if mark not in seen and (row.attribute in TITLES or quote not in seen):
            yield row
        seen |= {mark, quote}
