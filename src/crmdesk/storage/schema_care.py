"""What keeps customers and brings them back: attempts to win back, what ends or runs out, how satisfied they are,
what was put right;
plans that accompany them, what was given to them, and what they were offered until when."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from crmdesk.storage.schema_parts import id_column, metadata, owner_column, text_column


def reminder_columns() -> tuple[Column[str], Column[int]]:
    """The end that a follow-up was made for, and that follow-up.

    No foreign key: deleted and brought back by undo, the two come in either order.
    """
    return Column("asked_for", Text), Column("follow_up_id", Integer)


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
    *reminder_columns(),
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
    *reminder_columns(),
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

plans = Table(
    "plans",
    metadata,
    id_column(),
    text_column("name"),
    Column("steps", Text, nullable=False),  # JSON: [days after the step before, kind, words] each
    text_column("ready"),  # the ready plan (domain.plan.READY) that it stands for
)

plan_runs = Table(
    "plan_runs",  # a plan with one customer, with its own copy of the steps: see domain.plan
    metadata,
    id_column(),
    owner_column("customers"),
    Column("plan", Text, nullable=False),  # the code of a ready plan, else an id; a plan that is deleted leaves it
    text_column("name"),
    Column("steps", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("heard_from", Text, nullable=False),
    Column("from_on", Text, nullable=False),
    Column("place", Integer, nullable=False, server_default="0"),
    Column("follow_up_id", Integer),  # of the step it stands at; no foreign key, as above
    Column("state", Text, nullable=False),  # running, paused, ended
    text_column("why"),
    Column("changed_on", Text),
    Column("tries", Integer, nullable=False, server_default="0"),  # of the step it stands at, nobody being reached
)
Index("ix_plan_runs_customer", plan_runs.c.customer_id)

gifts = Table(
    "gifts",
    metadata,
    id_column(),
    owner_column("customers"),
    Column("given_on", Text, nullable=False),
    text_column("text"),
    Column("cost", Integer),  # money; None: unknown, not nothing
)
Index("ix_gifts_customer", gifts.c.customer_id, gifts.c.given_on)

offers = Table(
    "offers",  # made to a customer apart from winning it back; those made for that stand in `win_backs`
    metadata,
    id_column(),
    owner_column("customers"),
    text_column("text"),
    Column("given_on", Text, nullable=False),
    Column("until", Text),
    *reminder_columns(),
)
Index("ix_offers_customer", offers.c.customer_id)
