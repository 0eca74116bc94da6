"""The rules that give tiers, their dated runs, and the history of tiers and stages."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from crmdesk.storage.schema_parts import id_column, metadata, owner_column, text_column

tier_policies = Table(
    "tier_policies",
    metadata,
    id_column(),
    Column("version", Integer, nullable=False),
    Column("definition", Text, nullable=False),  # JSON of domain.tier_policy.TierPolicy
    Column("made_on", Text, nullable=False),
    text_column("note"),
)

policy_runs = Table(
    "policy_runs",
    metadata,
    id_column(),
    Column("tier_policy_id", Integer, ForeignKey("tier_policies.id", ondelete="CASCADE"), nullable=False),
    Column("run_on", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("cut_offs", Text, nullable=False),  # JSON of domain.tier_cut_offs.CutOffs, frozen until the next run
)
Index("ix_policy_runs_policy", policy_runs.c.tier_policy_id)


def _changes(what: str) -> Table:
    """The history of tiers, or of stages: insert only, each change with its day and its reason (Phrase as JSON)."""
    table = Table(
        f"{what}_changes",
        metadata,
        id_column(),
        owner_column("customers"),
        Column("changed_on", Text, nullable=False),
        text_column("old"),
        text_column("new"),
        Column("reason", Text, nullable=False),
    )
    Index(f"ix_{what}_changes_customer", table.c.customer_id)
    return table


tier_changes, stage_changes = _changes("tier"), _changes("stage")
