"""Following, cards, channels

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "subject", name=op.f("pk_card")),
    )
    op.create_table(
        "channel",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("paused", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel")),
    )
    op.create_table(
        "deed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deed_channel_id"), "deed", ["channel", "id"], unique=False)
    op.create_table(
        "mute",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("selector", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mute")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_mute_channel_until"), "mute", ["channel", "until"], unique=False)
    op.create_index(op.f("ix_mute_until"), "mute", ["until"], unique=False)
    op.create_table(
        "person",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_person")),
    )
    op.create_table(
        "telling",
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("outbox", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["outbox"], ["outbox.id"], name=op.f("fk_telling_outbox")),
        sa.PrimaryKeyConstraint("change", "channel", "outbox", name=op.f("pk_telling")),
    )
    op.create_index(op.f("ix_telling_outbox"), "telling", ["outbox"], unique=False)
    # With defaults, so that a process of the release before can go on writing while this one starts.
    op.add_column("outbox", sa.Column("thread", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("outbox", sa.Column("broadcast", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("place", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("outbox", sa.Column("card", sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_index(
        "ix_outbox_thread",
        "outbox",
        ["channel", "thread"],
        unique=False,
        sqlite_where=sa.text("thread <> ''"),
        postgresql_where=sa.text("thread <> ''"),
    )
    op.add_column("subscription", sa.Column("only", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("subscription", sa.Column("but_not", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("subscription", sa.Column("least", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("subscription", sa.Column("layout", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    for name in ("layout", "least", "but_not", "only"):
        op.drop_column("subscription", name)
    op.drop_index("ix_outbox_thread", table_name="outbox")
    for name in ("card", "place", "broadcast", "thread"):
        op.drop_column("outbox", name)
    for name in ("telling", "person", "mute", "deed", "channel", "card"):
        op.drop_table(name)
