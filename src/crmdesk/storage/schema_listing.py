"""What other rules make of everybody, beside the tiers in force: derived, never journalled, found anew where lost."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from crmdesk.storage.schema_parts import metadata

scheme_limits = Table(
    "scheme_limits",  # the limits of each scheme that stands beside, frozen as long as those of the tiers are
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("policy_run_id", Integer, nullable=False),  # of the tiers, when these limits were found
    Column("cut_offs", Text, nullable=False),  # JSON of domain.tier_cut_offs.CutOffs
)

scheme_tiers = Table(
    "scheme_tiers",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("customer_id", Integer, primary_key=True),
    Column("tier", Text, nullable=False),
    Column("tier_rank", Integer, nullable=False),
    sqlite_with_rowid=False,
)
