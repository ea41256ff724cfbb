"""Alembic's entry: runs the migrations on the connection that `service.feedback.migrate` has opened."""

from alembic import context

from service.feedback.tables import metadata

# transactional_ddl: SQLite can undo DDL too, and a migration that was cut off must leave nothing behind.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
