"""The store of feedback: one SQLite file, or a PostgreSQL database that several servers share.

`Store.save` returns when the record is durable: SQLite in WAL mode writes its log to disk at each commit
(synchronous=FULL; NORMAL may lose the last ones), PostgreSQL with synchronous_commit not off.
"""

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from phrases.local import data_directory
from service.feedback import tables
from service.feedback.errors import KeyReused, StoreUnavailable
from service.feedback.record import Record

CONNECTIONS: Final = 4
"""To PostgreSQL, from one process. SQLite has one writer at a time, so one connection."""

_FILE: Final = "feedback.db"
_PATIENCE: Final = 5
"""Seconds that a request may wait for a connection, a lock or a statement."""


class Store:
    """A feedback store. Safe to use from several threads and, like the database beneath it, from several processes."""

    def __init__(self, url: str | None, patience: int = _PATIENCE) -> None:
        """A store at `url`, or in the default file. Nothing is opened yet. StoreUnavailable for an unusable URL."""
        with _translated():
            place = make_url(url) if url else URL.create("sqlite", database=str(data_directory() / _FILE))
            self._file = Path(place.database or "") if place.get_backend_name() == "sqlite" else None
            self._engine = _postgresql(place, patience) if self._file is None else _sqlite(place, patience)

    def prepare(self) -> None:
        """Make ready for use. SQLite is migrated; PostgreSQL, which others use too, has to be migrated already."""
        if self._file is None:
            self.check()
        else:
            self.migrate()

    def check(self) -> None:
        """Change nothing. StoreUnavailable unless there is a store, with tables of this version."""
        if self._file is not None and not self._file.is_file():
            raise StoreUnavailable("no_file")
        with self.reading() as connection:
            if not _is_current(connection):
                raise StoreUnavailable("not_migrated")

    def migrate(self) -> None:
        """Make the tables, or bring them up to date. Several processes may call at once: one does it, others wait."""
        with _translated():
            if self._file is not None:
                _create(self._file)
            with self._engine.begin() as connection:
                if self._file is None:
                    connection.execute(_ONE_AT_A_TIME)
                if not _is_current(connection):
                    _upgrade(connection)

    def save(self, record: Record, key: bytes | None) -> UUID:
        """Keep a record and return its id, durable. With `key`, a record kept before under the same key is the answer.

        Raises KeyReused when the key was used with other content, StoreUnavailable when nothing could be kept; with
        PostgreSQL a lost connection can hide that it was, so a caller who tries again should send a key.
        """
        with _translated():
            try:
                return self._save(record, key)
            except IntegrityError:  # the same request at the same time, by another way: now it can be seen
                return self._save(record, key)

    def _save(self, record: Record, key: bytes | None) -> UUID:
        with self._engine.begin() as connection:
            if key is not None and (found := _kept(connection, key)):
                if found.content_digest != record.digest:
                    raise KeyReused
                return UUID(str(found.id))
            identity = uuid4()
            connection.execute(
                insert(tables.records),
                {
                    "id": identity,
                    "received_on": datetime.now(UTC).date(),
                    "selection": record.selection,
                    **record.versions,
                    "key_digest": key,
                    "content_digest": record.digest,
                },
            )
            if record.offered:
                connection.execute(
                    insert(tables.offered),
                    [
                        {
                            "record_id": identity,
                            "rank": one.rank,
                            "code": one.code,
                            "status": one.status,
                            "confidence": one.confidence,
                            "selected": one.selected,
                        }
                        for one in record.offered
                    ],
                )
            if record.chosen:
                connection.execute(
                    insert(tables.chosen),
                    [
                        {"record_id": identity, "place": place, "code": one.code, "status": one.status}
                        for place, one in enumerate(record.chosen, 1)
                    ],
                )
        return identity

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store and does not hold up writers."""
        with _translated(), self._engine.connect() as connection:
            snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if self._file is None else {}
            yield connection.execution_options(reading=True, **snapshot)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def _kept(connection: Connection, key: bytes) -> Row[Any, Any] | None:
    kept = select(tables.records.c.id, tables.records.c.content_digest).where(tables.records.c.key_digest == key)
    return connection.execute(kept).one_or_none()


def _is_current(connection: Connection) -> bool:
    if not inspect(connection).has_table(tables.VERSION_TABLE):
        return False
    return connection.execute(select(tables.version.c.version_num)).scalars().all() == [tables.REVISION]


def _upgrade(connection: Connection) -> None:
    from service.feedback.migrate import upgrade  # Alembic takes 0.3 s to import, and a store needs it once

    upgrade(connection)


@contextmanager
def _translated() -> Iterator[None]:
    """Faults of the database as StoreUnavailable: their own messages can quote what was written."""
    try:
        yield
    except DBAPIError as error:
        raise StoreUnavailable(_reason(error)) from None
    except SQLAlchemyError as error:
        raise StoreUnavailable(type(error).__name__) from None


def _reason(error: DBAPIError) -> str:
    """The database's own code for a fault: "SQLITE_FULL", or the SQLSTATE "53100"."""
    for name in ("sqlite_errorname", "sqlstate"):
        if code := getattr(error.orig, name, None):
            return str(code)
    return type(error.orig).__name__


# --- SQLite --------------------------------------------------------------------------------------------------------


def _create(file: Path) -> None:
    """An empty file that only its owner may read, unless it is there. StoreUnavailable if it cannot be made."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(errno.errorcode.get(error.errno or 0, type(error).__name__)) from None


def _sqlite(place: URL, patience: int) -> Engine:
    engine = create_engine(
        place,
        pool_size=1,
        max_overflow=0,
        pool_timeout=patience,
        connect_args={"timeout": patience},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins, not the driver: it would begin too late
        _write_ahead(connection, patience)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that asks for it halfway is refused without waiting.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _write_ahead(connection: sqlite3.Connection, patience: int) -> None:
    """WAL mode. Changing to it does not wait for others who do the same, so it is tried again."""
    last = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > last:
                raise
            time.sleep(0.01)


# --- PostgreSQL ----------------------------------------------------------------------------------------------------

_ONE_AT_A_TIME: Final = text("SELECT pg_advisory_xact_lock(hashtext('ordbro feedback migrate'))")
"""Holds up a second migration until the first is done. SQLite needs none: BEGIN IMMEDIATE does the same."""

_SESSION: Final = """
    SELECT set_config('statement_timeout', %(patience)s, false),
           set_config('lock_timeout', %(patience)s, false),
           set_config('idle_in_transaction_session_timeout', %(patience)s, false),
           CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END
"""


def _postgresql(place: URL, patience: int) -> Engine:
    limits = {"connect_timeout": patience, "tcp_user_timeout": 1000 * patience}
    engine = create_engine(
        place.set(drivername="postgresql+psycopg"),
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=patience,
        pool_pre_ping=True,
        connect_args={name: value for name, value in limits.items() if name not in place.query},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_SESSION, {"patience": f"{patience}s"})
        connection.commit()

    return engine
