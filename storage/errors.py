"""What a person can do about an error of the database."""

from __future__ import annotations

import sqlite3

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

MIGRATE = "Run: secbot migrate"

_SQLITE = {
    "SQLITE_BUSY": "stayed locked by another program for {wait:g} seconds; stop that program or try again",
    "SQLITE_LOCKED": "stayed locked by another program for {wait:g} seconds; stop that program or try again",
    "SQLITE_READONLY": "can't be written; make the file and its folder writable for the user that runs secbot",
    "SQLITE_PERM": "can't be written; make the file and its folder writable for the user that runs secbot",
    "SQLITE_CANTOPEN": "can't be opened; the folder must exist, and it and the file be readable and writable",
    "SQLITE_NOTADB": "is not an SQLite database; name another file in DATABASE_URL or move this one away",
    "SQLITE_CORRUPT": "is damaged; put back a copy from before",
    "SQLITE_FULL": "can't grow: the disk is full; free some space, then secbot goes on by itself",
    "SQLITE_IOERR": "can't be read or written: the disk reports an error; look at the disk",
}

_POSTGRES = {
    "08": "is not reachable: {reason}; check DATABASE_URL and that the server runs",
    "28": "refuses the user: {reason}; check the user and password in DATABASE_URL",
    "3D": "does not exist: {reason}; create it or name another one in DATABASE_URL",
    "42501": "does not allow it: {reason}; grant the user the right to do it",
    "42P01": "lacks a table of secbot's ({reason}). " + MIGRATE,
    "42703": "lacks a column of secbot's ({reason}). " + MIGRATE,
    "25P03": "ended a transaction that stood still for {wait:g} seconds; it is tried again",
    "25006": "can only be read; name the primary server in DATABASE_URL",
    "53100": "can't grow: the disk is full; free some space, then secbot goes on by itself",
    "53300": "has no connection left; allow more, or run fewer processes",
    "55P03": "stayed locked by another program for {wait:g} seconds; stop that program or try again",
    "57P": "is shutting down or starting; try again in a moment",
}


def advice(error: DBAPIError, url: URL, wait: float) -> str | None:
    """Return one sentence on what is wrong and what to do; None where only a programmer can do something."""
    if isinstance(error.orig, sqlite3.Error):
        return sqlite_advice(error.orig, url, wait)
    return _postgres(error, url, wait)


def sqlite_advice(error: sqlite3.Error, url: URL, wait: float) -> str | None:
    """Return the same for an error of SQLite itself."""
    where = f"The database {url.database}"
    # Extended codes say more than is needed: SQLITE_READONLY_DIRECTORY is a case of SQLITE_READONLY.
    name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    if name in _SQLITE:
        return f"{where} {_SQLITE[name].format(wait=wait)}."
    if "no such table" in str(error) or "no such column" in str(error):
        return f"{where} does not have secbot's present tables ({error}). {MIGRATE}"
    return None


def _postgres(error: DBAPIError, url: URL, wait: float) -> str | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if not state and (error.connection_invalidated or type(error).__name__ == "OperationalError"):
        state = "08000"
    key = next((state[:n] for n in (5, 3, 2) if state[:n] in _POSTGRES), None)
    if key is None:
        return None
    where = f"The database {url.database} at {url.host or 'this machine'}"
    reason = " ".join(str(error.orig).split()).rstrip(".")
    words = f"{where} {_POSTGRES[key].format(reason=reason, wait=wait)}"
    return words if words.endswith(MIGRATE) else words + "."
