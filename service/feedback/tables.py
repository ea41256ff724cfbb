"""The tables of the feedback store. `migrations` makes them; a test holds the two against each other.

Times are kept as a day: an hour would help nobody who reads the report, and could point out an entry in a journal.
"""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Uuid,
    column,
    table,
)

REVISION: Final = "0001"
"""The migration that these tables come from."""

VERSION_TABLE: Final = "feedback_version"
"""Where Alembic remembers it; a name of our own, since a schema may be shared."""

version: Final = table(VERSION_TABLE, column("version_num", String))

metadata: Final = MetaData()

records: Final = Table(
    "feedback_record",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("received_on", Date, nullable=False, index=True),
    Column("selection", String(40)),
    Column("catalogue", String(60), nullable=False),
    Column("lexicon", String(12), nullable=False),
    Column("cues", String(12), nullable=False),
    Column("model", String(12), nullable=False),
    Column("model_hash", String(64), nullable=False),
    # Digests of the Idempotency-Key with its caller, and of the content: enough to answer a repeated request alike.
    Column("key_digest", LargeBinary(32), unique=True),
    Column("content_digest", LargeBinary(32), nullable=False),
)
offered: Final = Table(
    "feedback_offered",
    metadata,
    Column("record_id", Uuid, ForeignKey("feedback_record.id"), primary_key=True),
    Column("rank", SmallInteger, primary_key=True, autoincrement=False),
    Column("code", String(12), nullable=False),
    Column("status", String(2), nullable=False),
    Column("confidence", Double, nullable=False),
    Column("selected", Boolean),
)
chosen: Final = Table(
    "feedback_chosen",
    metadata,
    Column("record_id", Uuid, ForeignKey("feedback_record.id"), primary_key=True),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    Column("code", String(12), nullable=False),
    Column("status", String(2), nullable=False),
)
