"""The store, the same on SQLite and PostgreSQL: what is kept, once, by many at a time, and what a fault is told as."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, String, create_engine, func, select, text

from service import examples
from service.feedback import migrate, tables
from service.feedback.errors import KeyReused, StoreUnavailable
from service.feedback.record import Record, key_digest, read
from service.feedback.report import rows
from service.feedback.store import Store
from service.requests import FeedbackRequest, SuggestionVersions

CHECKOUT = Path(__file__).parents[3]
KEY = key_digest("8e03978e-40d5-43e8-bc93-6894a57f9324", "")


def record_of(body: object) -> Record:
    record, faults = read(FeedbackRequest.model_validate_json(json.dumps(body)))
    assert faults == []
    return record


RECORD = record_of(examples.FEEDBACK_REQUEST)
OTHER = record_of(examples.NOTHING_FITS_REQUEST)


def count(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(tables.records)).scalar_one())


def test_what_is_kept_is_what_was_sent(store: Store) -> None:
    identity = store.save(RECORD, KEY)
    with store.reading() as connection:
        (row,) = rows(connection)
    sent = {name: value for name, value in examples.FEEDBACK_REQUEST.items() if name != "none_fits"}
    assert row == {"id": str(identity), "received_on": row["received_on"], **sent}


def test_a_key_is_kept_once(store: Store) -> None:
    first = store.save(RECORD, KEY)
    assert store.save(RECORD, KEY) == first
    assert count(store) == 1


def test_without_a_key_every_record_is_its_own(store: Store) -> None:
    assert store.save(RECORD, None) != store.save(RECORD, None)
    assert count(store) == 2


def test_a_key_with_other_content_is_refused_and_keeps_nothing(store: Store) -> None:
    store.save(RECORD, KEY)
    with pytest.raises(KeyReused):
        store.save(OTHER, KEY)
    assert count(store) == 1


def test_the_same_key_at_the_same_time_is_kept_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        identities = list(threads.map(lambda _: store.save(RECORD, KEY), range(40)))
    assert len(set(identities)) == 1
    assert count(store) == 1


def test_records_from_many_threads_are_all_kept(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        identities = list(threads.map(lambda _: store.save(RECORD, None), range(80)))
    with store.reading() as connection:
        assert {UUID(row["id"]) for row in rows(connection)} == set(identities)


START = """
import sys
from service.feedback.store import Store
store = Store(sys.argv[1])
print(flush=True)
sys.stdin.readline()
store.migrate()
store.prepare()
"""


def test_several_servers_may_start_on_an_empty_store_at_once(feedback_url: str) -> None:
    command = [sys.executable, "-c", START, feedback_url]
    with ExitStack() as stack:
        servers = [
            stack.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=CHECKOUT))
            for _ in range(4)
        ]
        for server in servers:
            assert server.stdout is not None
            server.stdout.readline()
        for server in servers:
            server.communicate(b"go\n", timeout=60)
    assert [server.returncode for server in servers] == [0, 0, 0, 0]


def test_migrating_again_changes_nothing(store: Store) -> None:
    store.save(RECORD, None)
    store.migrate()
    assert count(store) == 1


def test_the_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": tables.VERSION_TABLE})
        assert compare_metadata(context, tables.metadata) == []


def test_the_newest_migration_is_the_one_that_the_code_knows() -> None:
    assert ScriptDirectory(str(migrate.MIGRATIONS)).get_current_head() == tables.REVISION


def test_tables_of_a_newer_version_are_left_alone(store: Store, feedback_url: str) -> None:
    engine = create_engine(feedback_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE feedback_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="newer"):
        store.migrate()


def test_a_migration_that_is_cut_off_leaves_nothing(feedback_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise RuntimeError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "upgrade", cut_off)
        store = Store(feedback_url)
        with pytest.raises(RuntimeError, match="cut off"):
            store.migrate()
    store.migrate()
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": tables.VERSION_TABLE})
        assert compare_metadata(context, tables.metadata) == []
    store.close()


def test_every_text_that_may_be_sent_has_room() -> None:
    """PostgreSQL refuses what is longer than its column; SQLite keeps it."""
    room = {column.name: column.type.length for column in tables.records.columns if isinstance(column.type, String)}
    sent = {
        name: part["maxLength"]
        for model in (FeedbackRequest, SuggestionVersions)
        for name, described in model.model_json_schema()["properties"].items()
        for part in described.get("anyOf", [described])
        if "maxLength" in part
    }
    assert room == sent


# --- SQLite --------------------------------------------------------------------------------------------------------


def test_sqlite_writes_to_disk_at_each_commit(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new' / 'feedback.db'}")
    store.prepare()
    with store.reading() as connection:
        told = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
    assert told == ["wal", 2]
    store.close()


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new' / 'feedback.db'}")
    store.prepare()
    store.save(RECORD, None)
    assert {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "new").iterdir()} == {"0o600"}
    assert oct((tmp_path / "new").stat().st_mode & 0o777) == "0o700"
    store.close()


def test_a_report_does_not_hold_up_writers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'feedback.db'}"
    writer, reader = Store(url), Store(url)
    writer.prepare()
    writer.save(RECORD, None)
    with reader.reading() as connection:
        before = list(rows(connection))
        writer.save(RECORD, None)
        assert list(rows(connection)) == before
    writer.close()
    reader.close()


def test_a_full_disk_is_told_and_keeps_no_half_record(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    store.prepare()
    store.save(RECORD, None)
    with store.reading() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages + 8}"))
    kept = 1
    with pytest.raises(StoreUnavailable, match="SQLITE_FULL"):
        for _ in range(10_000):
            store.save(RECORD, None)
            kept += 1
    with store.reading() as connection:
        assert len(list(rows(connection))) == kept
    store.close()


def test_a_store_that_another_holds_is_told_in_bounded_time(tmp_path: Path) -> None:
    file = tmp_path / "feedback.db"
    store = Store(f"sqlite:///{file}", patience=0)
    store.prepare()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="SQLITE_BUSY"):
        store.save(RECORD, None)
    other.execute("ROLLBACK")
    store.save(RECORD, None)
    other.close()
    store.close()


@pytest.mark.parametrize("content", [b"This is no database. " * 100, b""])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "feedback.db"
    file.write_bytes(content)
    store = Store(f"sqlite:///{file}")
    if content:
        with pytest.raises(StoreUnavailable, match="SQLITE_NOTADB"):
            store.prepare()
    else:
        store.prepare()
    store.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="EEXIST"):
        Store(f"sqlite:///{tmp_path / 'file' / 'feedback.db'}").prepare()


def test_the_default_file_is_in_the_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDBRO_DATA", str(tmp_path))
    store = Store(None)
    store.prepare()
    store.close()
    assert (tmp_path / "feedback.db").is_file()


# --- PostgreSQL ----------------------------------------------------------------------------------------------------


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Store]:
    store = Store(postgresql_url)
    store.migrate()
    yield store
    store.close()


def test_postgresql_has_to_be_migrated_by_command(postgresql_url: str) -> None:
    store = Store(postgresql_url)
    with pytest.raises(StoreUnavailable, match="not_migrated"):
        store.prepare()
    store.migrate()
    store.prepare()
    store.close()


def test_postgresql_bounds_time_and_does_not_acknowledge_early(postgresql: Store) -> None:
    names = ("statement_timeout", "lock_timeout", "synchronous_commit")
    with postgresql.reading() as connection:
        told = [connection.execute(text(f"SHOW {name}")).scalar() for name in names]
    assert told == ["5s", "5s", "on"]


def test_a_database_that_acknowledges_early_is_told_not_to(postgresql_url: str) -> None:
    store = Store(f"{postgresql_url}%20-csynchronous_commit%3Doff")
    with store.reading() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
    store.close()


def test_a_table_that_another_holds_is_told_in_bounded_time(postgresql: Store, postgresql_url: str) -> None:
    hasty = Store(postgresql_url, patience=1)
    with psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE feedback_record")
        with pytest.raises(StoreUnavailable, match=r"57014|55P03"):  # the statement's time, or the lock's
            hasty.save(RECORD, None)
    hasty.save(RECORD, None)
    hasty.close()
    assert count(postgresql) == 1


def test_no_database_at_the_address() -> None:
    store = Store("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(StoreUnavailable):
        store.prepare()
    store.close()


def test_a_lost_connection_is_replaced(postgresql: Store, postgresql_url: str) -> None:
    with postgresql.reading() as connection:
        process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with psycopg.connect(postgresql_url) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [process])
    postgresql.save(RECORD, None)
    assert count(postgresql) == 1
