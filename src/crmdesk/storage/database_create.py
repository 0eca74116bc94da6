"""A new, empty file: made beside its place and renamed into it once it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.storage import schema, schema_journal, schema_listing, schema_photos
from crmdesk.storage.database_driver import connect
from crmdesk.storage.database_engine import engine_over
from crmdesk.storage.database_header import APPLICATION_ID, SCHEMA_VERSION
from crmdesk.storage.database_sync import sync_folder
from crmdesk.storage.journal import make_triggers
from crmdesk.storage.search_index import SEARCH_DDL

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


def build_file(path: Path, password: str = "") -> None:
    """Write an empty file of the newest schema to `path`, where none may be; under a password where one is given."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    raw = connect(part, writer=True, create=True, password=password)
    try:
        raw.execute("BEGIN IMMEDIATE")
        make_tables(raw)
        raw.execute("COMMIT")
    except BaseException:
        raw.close()
        part.unlink(missing_ok=True)
        raise
    raw.close()
    part.rename(path)
    sync_folder(path.parent)


def make_tables(raw: Raw) -> None:
    """Everything the newest schema has, in the open transaction of an empty file."""
    engine = engine_over(raw)
    with engine.connect() as connection:
        # One list of tables, to which every schema module adds its own.
        metadata = schema.customers.metadata
        beside = (schema_journal.steps, schema_photos.photo_contents, schema_listing.scheme_tiers)
        assert all(table.metadata is metadata for table in beside)
        metadata.create_all(connection)
    raw.execute(SEARCH_DDL)
    make_triggers(raw)
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
