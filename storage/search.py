"""Search in what is said at present: values and quotes of open claims (see `wordindex`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, text

from bot.domain.claims import Statement
from storage import statements

_TOKEN = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
_PER_RESULT = 10
"""How many claims are looked at for each result: several claims of a page quote the same sentence."""

TITLES = ("title", "name")

_SQLITE = """
    SELECT c.id FROM claim_words AS w JOIN claim AS c ON c.id = w.rowid
    WHERE claim_words MATCH :words {titles} ORDER BY w.rowid DESC LIMIT :limit
"""

_VECTOR = "to_tsvector('simple', regexp_replace({column}, '[^[:alnum:]]+', ' ', 'g'))"
_POSTGRES = """
    WITH found AS MATERIALIZED (
        SELECT c.id FROM claim AS c WHERE c.closed_by IS NULL AND {vector} @@ to_tsquery('simple', :words) {titles}
    )
    SELECT id FROM found ORDER BY id DESC LIMIT :limit
"""
"""Materialized: else PostgreSQL may look through the claims from the newest on, which for a rare word takes seconds."""


def search(connection: Connection, words: str, limit: int) -> list[Statement]:
    """See `Store.search`. Titles and names come first, then whole words before beginnings of words, then the newest."""
    asked = _TOKEN.findall(words.lower())[:_MOST_WORDS]
    if not asked or limit < 1:
        return []
    tokens = [_singular(word) for word in asked]
    ids = [*_titles(connection, tokens, limit), *_quotes(connection, tokens, limit)]
    found = statements.numbered(connection, list(dict.fromkeys(ids)))
    ranked = sorted(found.items(), key=lambda pair: (*_rank(pair[1], asked), -pair[0]))
    return list(_each_once(statement for _, statement in ranked))[:limit]


def _singular(word: str) -> str:
    """Return a word without its plural's s: beginnings of words are sought, so "alert" finds "alerts" as well."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _titles(connection: Connection, tokens: Sequence[str], limit: int) -> Sequence[int]:
    names = ", ".join(f"'{name}'" for name in TITLES)
    return _ids(connection, "value", tokens, limit * _PER_RESULT, f"AND c.attribute IN ({names})")


def _quotes(connection: Connection, tokens: Sequence[str], limit: int) -> Sequence[int]:
    return _ids(connection, "quote", tokens, limit * _PER_RESULT, "")


def _ids(connection: Connection, column: str, tokens: Sequence[str], limit: int, titles: str) -> Sequence[int]:
    if connection.dialect.name == "sqlite":
        query = _SQLITE.format(titles=titles)
        beginnings = " AND ".join(f'"{token}"*' for token in tokens)
        sought = f"{column} : ({beginnings})"
    else:
        query = _POSTGRES.format(vector=_VECTOR.format(column=f"c.{column}"), titles=titles)
        sought = " & ".join(f"{token}:*" for token in tokens)
    return connection.execute(text(query), {"words": sought, "limit": limit}).scalars().all()


def _rank(statement: Statement, tokens: Sequence[str]) -> tuple[bool, int]:
    claim = statement.claim
    is_title = claim.attribute in TITLES and _holds(claim.value, tokens)
    said = _TOKEN.findall((claim.value if is_title else claim.evidence.quote).lower())
    return not is_title, -len(set(said) & set(tokens))


def _holds(value: str, tokens: Sequence[str]) -> bool:
    said = _TOKEN.findall(value.lower())
    return all(any(word.startswith(token) for word in said) for token in tokens)


def _each_once(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Leave out a title that another source gives too, and a sentence that was shown already."""
    seen: set[tuple[str, str]] = set()
    for statement in statements:
        claim = statement.claim
        title = (claim.subject, " ".join(_TOKEN.findall(claim.value.lower())))
        quote = ("", " ".join(claim.evidence.quote.split()))
        mark = title if claim.attribute in TITLES else quote
        if mark not in seen and (claim.attribute in TITLES or quote not in seen):
            yield statement
        seen |= {mark, quote}
