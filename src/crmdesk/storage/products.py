"""Products: what is sold, each code and name kept once."""

from __future__ import annotations

from sqlalchemy import Connection, select

from crmdesk.storage.database_step import Step
from crmdesk.storage.rows import insert
from crmdesk.storage.schema import products


def ensure(step: Step, name: str, code: str = "", group: str = "") -> int | None:
    """The id of a product, made where it is new; None without name and code."""
    if not (name or code):
        return None
    found = step.connection.execute(
        select(products.c.id).where(products.c.code == code, products.c.name == name)
    ).scalar()
    return found if found is not None else insert(step, products, name=name, code=code, product_group=group)


def names(connection: Connection, limit: int) -> list[str]:
    """The names of products in order."""
    wanted = select(products.c.name).where(products.c.name != "").distinct().order_by(products.c.name).limit(limit)
    return list(connection.execute(wanted).scalars())
