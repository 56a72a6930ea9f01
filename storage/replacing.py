"""How a whole SQLite file takes the place of another: under nobody's hands, and alone.

    a file beside the place, for nobody else to read → written by others → who uses what is there? → refused, else:
    what stands beside the place is moved away → it may be read by whom the other may → renamed

What stands beside a database are its journals. One that a kill left does not go when somebody moves or deletes the
database, and SQLite would play it into whatever file gets that name next: so it is moved whether or not there is one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.ports import StoreError
from storage.engine import parse
from storage.errors import sqlite_advice

_BESIDE = ("-wal", "-shm", "-journal")
"""What stands beside an SQLite file that is open, or that was not closed."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_OURS_ALONE = stat.S_IRUSR | stat.S_IWUSR


def meant(file: Path) -> Path:
    """Return the file that a name stands for: what a link points to is replaced, and not the link."""
    return file.resolve() if file.is_symlink() else file


def opened(file: Path, wait: float, mode: str) -> sqlite3.Connection:
    """Open an SQLite file as "ro" or "rw", that is never made by this."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait, isolation_level=None)


@contextmanager
def in_words(file: Path, wait: float) -> Iterator[None]:
    """Say in words that a person can act on what went wrong with a file.

    Raises:
        StoreError: it did.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(sqlite_advice(error, parse(f"sqlite:///{file}"), wait) or f"{file}: {error}.") from error
    except OSError as error:
        raise StoreError(
            f"{error.filename or file} can't be written: {(error.strerror or str(error)).lower()}."
        ) from error


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Make an empty file in the folder of one that is to be made, which is gone in the end: only a whole one is
    renamed. Until then it is for nobody else to read.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    _remove(part)
    try:
        with in_words(part, 0):
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OURS_ALONE))
        yield part
    finally:
        _remove(part)


def _remove(file: Path) -> None:
    for end in ("", *_BESIDE):
        Path(f"{file}{end}").unlink(missing_ok=True)


@contextmanager
def unused(database: Path, wait: float, instead: str) -> Iterator[None]:
    """Hold a database that nobody else has open, whole in its one file.

    To leave WAL takes a lock that every open connection of any process stands in the way of, and puts into the file
    what stood beside it. A file that is damaged, or no database, can't be asked who uses it.

    Raises:
        StoreError: it is in use; the message says what to do `instead`.
    """
    if not database.exists():
        yield
        return
    with closing(opened(database, 0, "rw")) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if (name := getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise StoreError(f"The database {database} is in use: {instead}") from error
            if name not in _DAMAGED:
                raise StoreError(sqlite_advice(error, parse(f"sqlite:///{database}"), wait) or str(error)) from error
        yield


def aside(database: Path, ending: str) -> Path:
    """Move away what stands beside a place; return the name that it is kept by, which nothing has yet."""
    kept, number = database.with_name(database.name + ending), 1
    while any(Path(f"{kept}{end}").exists() for end in ("", *_BESIDE)):
        number += 1
        kept = database.with_name(f"{database.name}{ending}-{number}")
    with in_words(database, 0):
        for end in _BESIDE:
            if (file := Path(f"{database}{end}")).exists():
                file.rename(f"{kept}{end}")
    return kept


def keep(database: Path, ending: str) -> Path | None:
    """Give a database that is to be replaced a second name, with what stands beside it; it never lacks its own. Return
    that name, None where there is no database.
    """
    there = database.exists()
    kept = aside(database, ending)
    if not there:
        return None
    with in_words(database, 0):
        try:
            os.link(database, kept)
        except OSError:  # a file system without hard links
            shutil.copy2(database, kept)
    return kept


def put(part: Path, target: Path, *, like: Path) -> None:
    """Rename a whole file to its place, so that it is there after a loss of power too, and the same people may read
    and write it as another.
    """
    with in_words(target, 0):
        _allow(part, like.stat())
        _to_disk(part)
        part.replace(target)
        _to_disk(target.parent)


def _allow(file: Path, like: os.stat_result) -> None:
    with suppress(PermissionError):  # only root gives files away; then it stays with whoever made it
        os.chown(file, like.st_uid, like.st_gid)
    file.chmod(stat.S_IMODE(like.st_mode))


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
