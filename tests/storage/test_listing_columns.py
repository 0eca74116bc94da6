"""The list's plain SQL names only what the schema has."""

from __future__ import annotations

import re

from crmdesk.domain.fields import Field
from crmdesk.storage import schema
from crmdesk.storage.listing_columns import COLUMNS, column_of
from crmdesk.words.labels import FIELDS

TABLES = {"f": "figures", "c": "customers", "r": "regions", "p": "contact_points", "k": "contacts", "t": "tags"}


def test_the_plain_sql_names_columns_of_the_schema():
    for key, column in COLUMNS.items():
        for alias, name in re.findall(r"\b([fcrpkt])\.(\w+)", f"{column.sql} {column.key}"):
            assert name in schema.metadata.tables[TABLES[alias]].c, f"{key}: {alias}.{name}"


def test_every_column_has_a_heading():
    assert [key for key in COLUMNS if key not in FIELDS] == []


def test_columns_of_a_sheet_are_columns_of_the_list_under_the_same_key():
    of_customers = {Field.NAME, Field.PHONE, Field.REGION, Field.TIER_GIVEN, Field.RECEIVABLE, Field.ORDER_TOTAL}
    assert of_customers <= COLUMNS.keys()


def test_a_custom_columns_header_is_never_part_of_the_statement():
    column, parameters = column_of("extra:x' OR 1 --")
    assert "OR" not in column.sql
    assert parameters == ("x' OR 1 --",)
