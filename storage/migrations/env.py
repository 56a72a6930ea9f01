"""How Alembic runs here: on the connection that it is given, inside the transaction that is open there.

There is no alembic.ini; `storage.migrate` and `storage.schema` set what is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext, MigrationInfo

from storage.schema import ours
from storage.tables import Moment, Row, Words

attributes: Mapping[str, Any] = context.config.attributes


def _note(ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]) -> None:  # noqa: ARG001
    attributes["applied"].append(step.up_revision_id)


def _render(kind: str, thing: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our types as what they are in the database: a revision must not change when our code does."""
    if kind == "type" and isinstance(thing, Words):
        return "sa.String()"
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, Moment) else False


context.configure(
    connection=attributes["connection"],
    target_metadata=Row.metadata,
    include_name=ours,
    render_as_batch=True,
    render_item=_render,
    on_version_apply=_note,
)
with context.begin_transaction():
    context.run_migrations()
