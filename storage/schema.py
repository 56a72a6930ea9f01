"""How a database's schema stands to this secbot's, and bringing it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, inspect, text

from bot.ports import StoreError
from storage.engine import Database
from storage.errors import MIGRATE
from storage.tables import Row

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS = ("0001", "0002", "0003")
"""All schemas there have been, oldest first; each is a file of `migrations/versions`. Kept here too, since to look
whether a database is up to date must not take the third of a second that Alembic takes to load."""

HEAD = REVISIONS[-1]

SEARCH = "claim_words"
"""What the names of all that search adds to the tables begin with (see `search`)."""

State = Literal["empty", "current", "older", "newer", "foreign"]


@dataclass(frozen=True, slots=True)
class SchemaState:
    """`revision` of the database (None before the first), `head` of this secbot.

    `foreign`: it holds another program's tables.
    """

    state: State
    revision: str | None
    head: str = HEAD


def look(database: Database) -> SchemaState:
    """Return how the database stands, without changing or creating anything."""
    if database.file is not None and not database.file.exists():
        return SchemaState("empty", None)
    with database.reading() as connection:
        return state_of(connection)


def state_of(connection: Connection) -> SchemaState:
    """Return how the database of a connection stands."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if revision is not None:
            return SchemaState(_age(revision), revision)
        tables.discard("alembic_version")
    # Only an SQLite file is a program's own; a PostgreSQL database may be shared as long as the names are free.
    foreign = tables if connection.dialect.name == "sqlite" else tables & set(Row.metadata.tables)
    return SchemaState("foreign" if foreign else "empty", None)


def _age(revision: str) -> State:
    if revision == HEAD:
        return "current"
    return "older" if revision in REVISIONS else "newer"


def require_current(state: SchemaState, where: str) -> None:
    """Refuse a database that isn't of the present schema.

    Raises:
        StoreError: it says what to do.
    """
    if state.state == "empty":
        raise StoreError(f"The database {where} has no tables yet. {MIGRATE}")
    if state.state == "older":
        raise StoreError(f"The database {where} is of an older secbot ({state.revision}, now {state.head}). {MIGRATE}")
    require_ours(state, where)


def require_ours(state: SchemaState, where: str) -> None:
    """Refuse a database that this secbot can't bring to its schema.

    Raises:
        StoreError: it says what to do.
    """
    if state.state == "newer":
        raise StoreError(
            f"The database {where} is of a newer secbot ({state.revision}; this one knows {state.head}). Update secbot."
        )
    if state.state == "foreign":
        raise StoreError(f"The database {where} holds another program's tables; name another one in DATABASE_URL.")


def upgrade(database: Database) -> list[str]:
    """Apply the revisions that are missing, all or none; return them, oldest first.

    Raises:
        StoreError: the database is another program's or a newer secbot's.
    """
    applied: list[str] = []
    with database.writing() as connection:
        state = state_of(connection)
        require_ours(state, named(database))
        if state.state != "current":
            _run(connection, applied)
    return applied


def _run(connection: Connection, applied: list[str]) -> None:
    from alembic import command

    command.upgrade(_config(connection, applied), "head")


def named(database: Database) -> str:
    """Return what to call the database, without a password."""
    url = database.url
    return str(url.database or "in memory") if database.is_sqlite else f"{url.database} at {url.host or 'this machine'}"


def _config(connection: Connection, applied: list[str]) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes |= {"connection": connection, "applied": applied}
    return config


def prepare(database: Database, *, create: bool) -> None:
    """Make sure that the database can be used: its schema, and for an SQLite file its journal.

    Raises:
        StoreError: it can't be; the message says what to do.
    """
    file = database.file
    if file is not None and not file.exists():
        if not create:
            raise StoreError(f"There is no database {file}. {MIGRATE}")
        if not file.parent.is_dir():
            raise StoreError(f"The folder {file.parent} does not exist; create it or name another one in DATABASE_URL.")
    state = look(database)
    if state.state == "empty" and create and database.is_sqlite:
        upgrade(database)
        state = look(database)
    require_current(state, named(database))
    if file is not None:
        database.journal_ahead()


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table or index is described in `tables`; what search needs is made by the migrations alone."""
    return not (kind in {"table", "index"} and (name or "").startswith(SEARCH))


def draft(words: str, folder: str = "") -> str:
    """Write a new revision with what `tables` has and the last revision has not; return its file. For developers.

    `folder` defaults to `migrations/versions`. Read it, mend it, and add its number to `REVISIONS`.
    """
    from alembic import command

    number = f"{len(REVISIONS) + 1:04d}"
    with Database("sqlite://", wait=1) as database:
        upgrade(database)
        with database.writing() as connection:
            config = _config(connection, [])
            if folder:
                config.set_main_option("path_separator", "newline")
                config.set_main_option("version_locations", f"storage:migrations/versions\n{folder}")
            script = command.revision(config, words, autogenerate=True, rev_id=number, version_path=folder or None)
    return str(getattr(script, "path", ""))
