"""Alembic's entry: runs the migrations on the connection that `service.feedback.migrate` has opened."""

from alembic import context

from service.feedback.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,  # SQLite can undo DDL too, and a migration that was cut off must leave nothing behind
)
context.run_migrations()
