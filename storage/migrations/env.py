"""How Alembic runs here: on the connection that it is given, inside the transaction that is open there.

There is no alembic.ini; `storage.migrate` and `storage.schema` set what is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alembic import context

from storage.schema import ours
from storage.tables import Row

attributes: Mapping[str, Any] = context.config.attributes


def _note(*, step: Any, **_: object) -> None:
    attributes["applied"].append(step.up_revision_id)


context.configure(
    connection=attributes["connection"],
    target_metadata=Row.metadata,
    include_name=ours,
    render_as_batch=True,
    on_version_apply=_note,
)
with context.begin_transaction():
    context.run_migrations()
