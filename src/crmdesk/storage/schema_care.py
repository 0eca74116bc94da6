"""What keeps customers and brings them back: attempts to win back, what ends or runs out, how satisfied they are,
what was put right."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from crmdesk.storage.schema_parts import id_column, metadata, owner_column, text_column

win_backs = Table(
    "win_backs",  # what came of one is worked out from the orders, see domain.win_back
    metadata,
    id_column(),
    owner_column("customers"),
    Column("begun_on", Text, nullable=False),
    Column("method", Text, nullable=False),  # call, visit, wechat, mail, other
    text_column("offer"),
    Column("offer_until", Text),
    text_column("result"),  # the user's own word: won, gone; "" as the orders say
)
Index("ix_win_backs_customer", win_backs.c.customer_id)

renewals = Table(
    "renewals",
    metadata,
    id_column(),
    owner_column("customers"),
    Column("kind", Text, nullable=False),  # contract, supply
    text_column("name"),
    Column("ends_on", Text),
    Column("lasts_days", Integer),
    Column("since_on", Text),
    Column("notice_days", Integer, nullable=False),
    Column("asked_for", Text),  # the end that a follow-up was made for
    # That follow-up. No foreign key: deleted and brought back by undo, the two come in either order.
    Column("follow_up_id", Integer),
    Column("closed_on", Text),
    text_column("header"),  # the column of the sheet that it was read from
)
Index("ix_renewals_customer", renewals.c.customer_id)

improvements = Table(
    "improvements",  # of the shop, not of a customer: what was changed about a reason for leaving
    metadata,
    id_column(),
    Column("reason", Text, nullable=False),  # a code of domain.loss.REASONS
    Column("begun_on", Text, nullable=False),
    text_column("text"),
)

satisfaction = Table(
    "satisfaction",
    metadata,
    id_column(),
    owner_column("customers"),
    Column("asked_on", Text, nullable=False),
    Column("score", Integer, nullable=False),  # 1 to 5
    text_column("words"),
)
Index("ix_satisfaction_customer", satisfaction.c.customer_id)
