"""What was said while a sale was being talked about: what hurts, offers, objections, each with its day.

The needs are an estimate (`schema.estimates`): tiers ask for them too.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from crmdesk.storage.schema_parts import id_column, metadata, owner_column, text_column

talks = Table(
    "talks",
    metadata,
    id_column(),
    owner_column("customers"),
    Column("kind", Text, nullable=False),  # pain, offer, objection
    Column("said_on", Text, nullable=False),
    text_column("text"),
    Column("amount", Integer),  # money; of an offer only
    Column("settled_on", Text),  # since when it is no longer open: met, answered, taken up, or dropped
    text_column("answer"),
)
Index("ix_talks_customer", talks.c.customer_id, talks.c.said_on)
