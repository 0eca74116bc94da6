"""The pictures themselves, outside the journal: it records whose they are, and so never holds megabytes twice."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table, Text

from crmdesk.storage.schema_parts import metadata

photo_contents = Table(
    "photo_contents",  # written once and never changed: what a step that was taken back showed is still there to redo
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
