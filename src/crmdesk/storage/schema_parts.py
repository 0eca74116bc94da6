"""What the tables of a file have in common: their ids, texts, owners and row versions."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text

metadata = MetaData()


def id_column() -> Column[int]:
    """The id of a row."""
    return Column("id", Integer, primary_key=True)


def text_column(name: str) -> Column[str]:
    """A text that is never NULL: "" is unknown."""
    return Column(name, Text, nullable=False, server_default="")


def owner_column(target: str, *, nullable: bool = False, on_delete: str = "CASCADE") -> Column[int]:
    """A reference to the row of another table that this one belongs to."""
    name = target.removesuffix("s") + "_id"
    return Column(name, Integer, ForeignKey(f"{target}.id", ondelete=on_delete), nullable=nullable)


def version_column() -> Column[int]:
    """Counts the writes to a row; a form that holds an older one learns that the row has moved on."""
    return Column("version", Integer, nullable=False, server_default="1", info={"row_version": True})
