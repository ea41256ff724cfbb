"""The first tables: what was offered and what was chosen."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "feedback_record",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("selection", sa.String(40)),
        sa.Column("catalogue", sa.String(60), nullable=False),
        sa.Column("lexicon", sa.String(12), nullable=False),
        sa.Column("cues", sa.String(12), nullable=False),
        sa.Column("model", sa.String(12), nullable=False),
        sa.Column("model_hash", sa.String(64), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(32), unique=True),
        sa.Column("content_digest", sa.LargeBinary(32), nullable=False),
    )
    op.create_index("ix_feedback_record_received_on", "feedback_record", ["received_on"])
    op.create_table(
        "feedback_offered",
        sa.Column("record_id", sa.Uuid, sa.ForeignKey("feedback_record.id"), primary_key=True),
        sa.Column("rank", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("status", sa.String(2), nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("selected", sa.Boolean),
    )
    op.create_table(
        "feedback_chosen",
        sa.Column("record_id", sa.Uuid, sa.ForeignKey("feedback_record.id"), primary_key=True),
        sa.Column("place", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("status", sa.String(2), nullable=False),
    )
