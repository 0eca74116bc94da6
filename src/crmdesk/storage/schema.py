"""The tables of a .crmdesk file, schema 1.

Three families: what the user keeps (journalled), what is derived from it (`figures`, `search`: refreshed, never
journalled), and the journal itself (`schema_journal`). Ids are int63, money int 1/10,000, quantities int 1/1,000,
days ISO text, business times naive local ISO text, the journal's times UTC ISO text.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from crmdesk.storage import schema_care, schema_talks, schema_tiers
from crmdesk.storage.schema_parts import id_column as _id
from crmdesk.storage.schema_parts import metadata
from crmdesk.storage.schema_parts import owner_column as _owner
from crmdesk.storage.schema_parts import text_column as _text
from crmdesk.storage.schema_parts import version_column as _version

# Families with a module of their own; their tables are part of the file as those below are.
talks = schema_talks.talks
win_backs, renewals, satisfaction = schema_care.win_backs, schema_care.renewals, schema_care.satisfaction
plans, plan_runs = schema_care.plans, schema_care.plan_runs
gifts, offers = schema_care.gifts, schema_care.offers
tier_policies, policy_runs = schema_tiers.tier_policies, schema_tiers.policy_runs
tier_changes, stage_changes = schema_tiers.tier_changes, schema_tiers.stage_changes

imports = Table(
    "imports",
    metadata,
    _id(),
    Column("at", Text, nullable=False),
    _text("file_name"),
    _text("sha256"),
    Column("counts", Text, nullable=False, server_default="{}"),  # JSON, as the command line prints it
    Column("layout", Text, nullable=False, server_default="{}"),  # JSON: their columns in their order
)

sheet_profiles = Table(
    "sheet_profiles",  # what was decided for sheets of the same headers; name "": remembered by itself
    metadata,
    _id(),
    _text("name"),
    Column("fingerprint", Text, nullable=False),
    Column("decided", Text, nullable=False),  # JSON of domain.sheet_profile.SheetProfile
    UniqueConstraint("name", "fingerprint"),
)

regions = Table(
    "regions",
    metadata,
    _id(),
    _text("province"),
    _text("city"),
    _text("district"),
    UniqueConstraint("province", "city", "district"),
)

customers = Table(
    "customers",
    metadata,
    _id(),
    _text("name"),
    _text("code"),
    _text("short_name"),
    _text("salutation"),
    _text("kind"),
    _owner("regions", nullable=True, on_delete="SET NULL"),
    _text("address"),
    _text("industry"),
    _text("source"),
    _text("referred_by"),  # who brought them, in the user's words
    # The customer that this is, where it is known. No foreign key: when that one is deleted the word stays, and an
    # undo that brings it back finds the link as it was, in whatever order the two come.
    Column("referrer_id", Integer),
    _text("intent"),
    _text("owner"),
    _text("birthday"),
    _text("birthday_calendar"),
    _text("notes"),
    _text("tier_given"),
    _text("stage_given"),
    Column("given_first_order_on", Text),
    Column("given_last_order_on", Text),
    Column("given_order_count", Integer),
    Column("given_order_total", Integer),
    Column("receivable", Integer),
    Column("balance", Integer),
    Column("reward_points", Integer),
    _text("tier_override"),  # the user's own word on the tier, with the reason
    _text("tier_override_reason"),
    Column("tier_override_until", Text),  # the last day the user's word on the tier holds; empty for ever
    _text("stage_lock"),  # a stage the user has locked ("once a year, that is how he is")
    _text("stage_lock_reason"),
    Column("stopped_on", Text),  # 不再跟进
    Column("known_since", Text),  # the day contact counting starts: the import's or creation's day
    Column("extra", Text, nullable=False, server_default="{}"),  # JSON: the user's own columns by header
    Column("import_key", Text),  # fingerprint of a row that names nobody surely: how a second import knows it again
    _owner("imports", nullable=True, on_delete="SET NULL"),
    _version(),
)
Index("ix_customers_code", customers.c.code, sqlite_where=customers.c.code != "")
Index("ix_customers_name", customers.c.name)
Index("ix_customers_short_name", customers.c.short_name, sqlite_where=customers.c.short_name != "")
Index("ix_customers_region", customers.c.region_id)
Index("ix_customers_source", customers.c.source, sqlite_where=customers.c.source != "")
Index("ix_customers_referrer", customers.c.referrer_id, sqlite_where=customers.c.referrer_id.is_not(None))
Index(
    "ix_customers_referred_by",
    *(customers.c[name] for name in ("referred_by", "referrer_id")),
    sqlite_where=customers.c.referred_by != "",
)
Index("ix_customers_import_key", customers.c.import_key, sqlite_where=customers.c.import_key.is_not(None))

contacts = Table(
    "contacts",
    metadata,
    _id(),
    _owner("customers"),
    _text("name"),
    _text("title"),
    _text("salutation"),
    _text("role"),
    _text("notes"),
    Column("position", Integer, nullable=False, server_default="0"),
    _version(),
)
Index("ix_contacts_customer", contacts.c.customer_id)
Index("ix_contacts_name", contacts.c.name, sqlite_where=contacts.c.name != "")

contact_points = Table(
    "contact_points",
    metadata,
    _id(),
    _owner("customers"),
    _owner("contacts", nullable=True),
    Column("kind", Text, nullable=False),  # phone, wechat, email, qq, fax
    Column("value", Text, nullable=False),  # normalised; phones digits without +86
    _text("label"),
    Column("position", Integer, nullable=False, server_default="0"),
)
# In the order in which a list takes a customer's first phone, and with it. Below: most have no contact and stay out.
Index(
    "ix_contact_points_customer",
    *(contact_points.c[name] for name in ("customer_id", "kind", "contact_id", "position", "value")),
)
Index("ix_contact_points_contact", contact_points.c.contact_id, sqlite_where=contact_points.c.contact_id.is_not(None))
Index("ix_contact_points_value", contact_points.c.value)

products = Table(
    "products",
    metadata,
    _id(),
    _text("name"),
    _text("code"),
    _text("product_group"),
    Column("price", Integer),
    UniqueConstraint("code", "name"),
)

orders = Table(
    "orders",
    metadata,
    _id(),
    _owner("customers"),
    _text("number"),
    Column("ordered_on", Text),
    Column("ordered_at", Text),
    _text("status"),
    Column("counts", Boolean, nullable=False, server_default="1"),
    Column("amount", Integer, nullable=False, server_default="0"),
    Column("cost", Integer),
    Column("discount", Integer),
    Column("refund", Integer, nullable=False, server_default="0"),
    _text("notes"),
    Column("import_key", Text),  # number + customer + date, or a fingerprint and its occurrence: see decisions
    _owner("imports", nullable=True, on_delete="SET NULL"),
    _version(),
)
Index("ix_orders_customer", orders.c.customer_id, orders.c.ordered_on)
Index("ix_orders_import_key", orders.c.import_key, unique=True, sqlite_where=orders.c.import_key.is_not(None))

order_lines = Table(
    "order_lines",
    metadata,
    _id(),
    _owner("orders"),
    _owner("products", nullable=True, on_delete="SET NULL"),
    Column("quantity", Integer),
    Column("price", Integer),
    Column("amount", Integer),
    Column("cost", Integer),
    Column("discount", Integer),
)
Index("ix_order_lines_order", order_lines.c.order_id)
Index("ix_order_lines_product", order_lines.c.product_id)

for _priced in (orders, order_lines):  # whether any discount is noted at all is asked at every change
    Index(f"ix_{_priced.name}_discounted", _priced.c.id, sqlite_where=_priced.c.discount.is_not(None))

receipts = Table(
    "receipts",
    metadata,
    _id(),
    _owner("customers"),
    _owner("orders", nullable=True, on_delete="SET NULL"),
    Column("received_on", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    _text("method"),
    _text("notes"),
)
Index("ix_receipts_customer", receipts.c.customer_id)
Index("ix_receipts_order", receipts.c.order_id)

interactions = Table(
    "interactions",
    metadata,
    _id(),
    _owner("customers"),
    _owner("contacts", nullable=True, on_delete="SET NULL"),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    _text("outcome"),
    _text("summary"),
    Column("import_key", Text),
    _owner("imports", nullable=True, on_delete="SET NULL"),
)
Index("ix_interactions_customer", interactions.c.customer_id, interactions.c.at)
Index("ix_interactions_at", interactions.c.at)
Index("ix_interactions_contact", interactions.c.contact_id)
Index(
    "ix_interactions_import_key",
    interactions.c.import_key,
    unique=True,
    sqlite_where=interactions.c.import_key.is_not(None),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    _id(),
    _owner("customers"),
    Column("due_on", Text, nullable=False),
    Column("due_at", Text),
    Column("kind", Text, nullable=False),
    _text("summary"),
    Column("origin", Text, nullable=False),
    Column("promise", Boolean, nullable=False, server_default="0"),
    Column("done_on", Text),
    _owner("interactions", nullable=True, on_delete="SET NULL"),
    Column("import_key", Text),
)
Index("ix_follow_ups_customer", follow_ups.c.customer_id)
Index("ix_follow_ups_open", follow_ups.c.due_on, sqlite_where=follow_ups.c.done_on.is_(None))
Index("ix_follow_ups_done", follow_ups.c.done_on, sqlite_where=follow_ups.c.done_on.is_not(None))
Index("ix_follow_ups_interaction", follow_ups.c.interaction_id)
Index(
    "ix_follow_ups_import_key", follow_ups.c.import_key, unique=True, sqlite_where=follow_ups.c.import_key.is_not(None)
)

estimates = Table(
    "estimates",  # the salesperson's own judgement, dated and expiring; the newest of a kind counts
    metadata,
    _id(),
    _owner("customers"),
    Column("kind", Text, nullable=False),  # needs, power, potential, loyalty; exclusion: one that is overridden
    _text("level"),  # low, medium, high; unclear for needs; of an exclusion its code
    Column("amount", Integer),  # money a year, for purchasing power
    _text("reason"),
    Column("made_on", Text, nullable=False),
    Column("until", Text),  # the last day it counts
)
Index("ix_estimates_customer", estimates.c.customer_id)

cases = Table(
    "cases",  # complaints and service requests
    metadata,
    _id(),
    _owner("customers"),
    _owner("orders", nullable=True, on_delete="SET NULL"),
    Column("kind", Text, nullable=False),  # complaint, service
    Column("opened_on", Text, nullable=False),
    _text("cause"),
    _text("action"),
    Column("closed_on", Text),
    Column("satisfied", Boolean),
)
Index("ix_cases_customer", cases.c.customer_id)
Index("ix_cases_order", cases.c.order_id)

tags = Table("tags", metadata, _id(), Column("name", Text, nullable=False, unique=True), _text("color"))

customer_tags = Table(
    "customer_tags",
    metadata,
    _id(),
    _owner("customers"),
    _owner("tags"),
    UniqueConstraint("customer_id", "tag_id"),
)
Index("ix_customer_tags_tag", customer_tags.c.tag_id)

photos = Table(
    "photos",  # whose picture it is; the picture itself stands in `schema_photos`
    metadata,
    _id(),
    _owner("customers"),
    _owner("contacts", nullable=True),
    Column("sha256", Text, nullable=False),
)
Index("ix_photos_customer", photos.c.customer_id)
Index("ix_photos_contact", photos.c.contact_id)

not_same = Table(
    "not_same",  # pairs that look like one customer and are two, by the user's word; the smaller id first
    metadata,
    _id(),
    Column("customer_a", Integer, ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
    Column("customer_b", Integer, ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
    UniqueConstraint("customer_a", "customer_b"),
)
Index("ix_not_same_customer_b", not_same.c.customer_b)

former_keys = Table(
    "former_keys",  # what a customer that was merged away, or this one before, was known by in sheets
    metadata,
    _id(),
    _owner("customers"),
    _text("code"),
    _text("name"),
    _text("import_key"),
    _text("address"),
)
for _known_by in ("customer_id", "code", "name", "import_key"):
    Index(f"ix_former_keys_{_known_by}", former_keys.c[_known_by])

settings = Table(
    "settings",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("value", Text, nullable=False),  # JSON
)

JOURNALLED: Final = tuple(metadata.sorted_tables)

figures = Table(
    "figures",
    metadata,
    Column("customer_id", Integer, primary_key=True),
    Column("name_pinyin", Text, nullable=False, server_default=""),  # sort key: Chinese by pinyin, empties last
    Column("tier", Text),  # None: no tier, `tier_reason` says why
    Column("tier_rank", Integer, nullable=False, server_default="99"),  # 0 is the best level; 99 none
    Column("tier_reason", Text, nullable=False, server_default=""),  # Phrase as JSON
    Column("stage", Text, nullable=False, server_default="prospect"),
    Column("stage_reason", Text, nullable=False, server_default=""),
    Column("confidence", Text, nullable=False, server_default=""),  # "high", "fair", "few"; "" without purchases
    Column("first_order_on", Text),
    Column("last_order_on", Text),
    Column("order_count", Integer),  # counting orders; None: unknown, not zero
    Column("purchase_days", Integer),
    Column("order_total", Integer),  # money, refunds subtracted
    Column("profit", Integer),  # None where cost is unknown
    Column("window_count", Integer),  # frequency in the policy's window: purchase days
    Column("window_total", Integer),
    Column("rhythm_days", Integer),  # usual interval; None with fewer than two purchase days
    Column("year_low", Integer),  # purchases expected within a year, from … to; None: too little is known
    Column("year_high", Integer),
    # What comes within a year and soon, growth, discounts, why little is left, why no key account: `domain.figures`.
    *(Column(name, Integer) for name in ("year_money", "alive", "within", "soon_orders", "soon_money", "growth")),
    *(Column(name, Integer) for name in ("discount_share", "discount_trend")),
    *(Column(name, Text) for name in ("unprofitable", "blocked")),
    Column("last_contact_on", Text),
    Column("contact_count", Integer, nullable=False, server_default="0"),
    Column("next_follow_up_on", Text),
    Column("completeness", Integer, nullable=False, server_default="0"),  # 0 to 100
    Column("key_account", Boolean, nullable=False, server_default="0"),  # the best level, and no exclusion fails
)
for _sort in ("name_pinyin", "tier_rank", "last_order_on", "order_total", "next_follow_up_on"):
    Index(f"ix_figures_{_sort}", figures.c[_sort])  # equal ones by their id: it is the row's own, and kept once
