"""A sheet that comes again: known by the chosen key, and what stands there is filled, replaced or added to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crmdesk.clock import Clock
from crmdesk.domain.existing import MatchKey, ways
from crmdesk.domain.fields import Field
from crmdesk.excel.cells import ReadRow
from crmdesk.excel.column import Column, column_letter
from crmdesk.excel.draft import SheetDraft
from crmdesk.excel.protocol import packed
from crmdesk.operations import customers, history
from crmdesk.operations.files import create_file
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.storage.search_index import IndexBuilder

FIELDS = (
    *("code", "name", "phone", "wechat", "address", "contact_name", "contact_title", "contact_phone", "region"),
    *("notes", "tags", "industry", "receivable", "extra"),
)


class Sheet:
    """A reading of one sheet of rows."""

    sha256 = ""

    def __init__(self, rows, kind="customers"):
        columns = tuple(
            Column(place, column_letter(place), "车牌" if name == "extra" else name, Field(name))
            for place, name in enumerate(FIELDS)
        )
        self._rows = rows
        self.sheets = (SheetDraft(0, "a.xlsx", "Sheet1", kind, 1, columns, len(rows)),)

    def reread(self, index, columns):
        self.sheets = (replace(self.sheets[0], columns=tuple(columns)),)

    def indexer(self, progress):
        return IndexBuilder()

    def chunks(self, index, progress):
        return (packed([tuple(row) for row in rows]) for rows in self.rows(index, progress))

    def rows(self, index, progress):
        read = []
        for number, row in enumerate(self._rows, 2):
            extra = {"车牌": row["extra"]} if "extra" in row else {}
            read.append(ReadRow(number, {key: value for key, value in row.items() if key != "extra"}, extra, []))
        for start in range(0, len(read), 2):
            yield read[start : start + 2]

    def close(self):
        """Nothing is open."""


def bring(db, monkeypatch, rows, said=None, key="", kind="customers"):
    rules = [f"{'车牌' if field is Field.EXTRA else field}:existing={way}" for field, way in (said or {}).items()]
    with monkeypatch.context() as patch:
        patch.setattr("crmdesk.excel.draft.open_reading", lambda *_args, **_more: Sheet(rows, kind))
        with preview_sheets(db, [Path("a.xlsx")], rules=rules, key=key) as preview:
            return import_preview(db, preview)


def phone(*numbers):
    return [("phone", number, "") for number in numbers]


A, B, C, D, E = (f"1380000000{tail}" for tail in range(1, 6))


@pytest.fixture
def known(database, monkeypatch):
    """A file with one customer, to which sheets are brought; gives how."""
    first = {
        "code": "1",
        "name": "王姐",
        "points": phone(A),
        "address": "一路1号",
        "notes": "爱喝茶",
        "industry": "餐饮",
        "tags": ["老客户"],
        "region": ("浙江", "杭州", ""),
        "receivable": 100_0000,
        "extra": "浙A1",
    }
    bring(database, monkeypatch, [first])

    def again(row, said=None, key=""):
        before = history.logical_dump(database)
        summary = bring(database, monkeypatch, [row], said, key)
        after = history.logical_dump(database)
        assert bring(database, monkeypatch, [row]).step == 0, "key and ways are remembered, nothing is doubled"
        if summary.step:
            history.undo(database)
            assert history.logical_dump(database) == before
            history.redo(database)
            assert history.logical_dump(database) == after
        return summary.sheets[0]

    again.people = lambda: [record.customer for record in customers.all_customers(database)]
    return again


def updates(sheet):
    return [(one.code, one.values["old"], one.value) for one in sheet.updates]


def test_unasked_blanks_are_filled_and_what_differs_is_only_told(known):
    sheet = known({"code": "1", "name": "王姐", "industry": "零售", "points": [("wechat", "wj", "")]})
    assert updates(sheet) == [("filled", "", "wj")]
    assert [(one.code, one.value) for one in sheet.issues] == [("differs", "零售")]
    assert known.people()[0].industry == "餐饮"


def test_a_field_that_is_replaced_shows_the_old_value_beside_the_new(known):
    said = {Field.INDUSTRY: "replace", Field.RECEIVABLE: "replace", Field.REGION: "replace", Field.EXTRA: "replace"}
    row = {"code": "1", "industry": "零售", "receivable": 50_0000, "region": ("上海", "", ""), "extra": "沪B2"}
    sheet = known(row, said)
    assert set(updates(sheet)) == {
        ("replaced", "餐饮", "零售"),
        ("replaced", "100", "50"),
        ("replaced", "浙江杭州", "上海"),
        ("replaced", "浙A1", "沪B2"),
    }
    assert (sheet.counts.updated, sheet.updated["industry", "replaced"]) == (1, 1)
    customer = known.people()[0]
    assert (customer.industry, customer.receivable, customer.province) == ("零售", 50_0000, "上海")
    assert customer.extra["车牌"] == "沪B2"


def test_notes_tags_phones_and_own_columns_are_added_to(known):
    said = {Field.NOTES: "append", Field.PHONE: "append", Field.EXTRA: "append"}
    known({"code": "1", "notes": "住三楼", "points": phone(A, B), "tags": ["批发"], "extra": "浙B2"}, said)
    customer = known.people()[0]
    assert customer.notes == "爱喝茶\n住三楼"
    assert [point.value for point in customer.points] == [A, B]
    assert set(customer.tags) == {"老客户", "批发"}
    assert customer.extra["车牌"] == "浙A1；浙B2"


def test_phones_and_tags_are_replaced_in_their_place(known):
    known({"code": "1", "points": phone(B), "tags": ["批发"]}, {Field.PHONE: "replace", Field.TAGS: "replace"})
    customer = known.people()[0]
    assert [point.value for point in customer.points] == [B]
    assert customer.tags == ("批发",)


def test_a_phone_as_key_knows_a_customer_under_another_name(known):
    row = {"code": "9", "name": "王芳", "points": phone(A)}
    known(row, {Field.NAME: "replace"}, "phone")
    assert [(one.name, one.code) for one in known.people()] == [("王芳", "1")]


def test_without_the_chosen_key_another_name_is_another_customer(known):
    sheet = known({"name": "王芳", "points": phone(A)})
    assert (sheet.counts.new, len(known.people())) == (1, 2)


def test_name_with_region_knows_a_customer_by_a_coarser_region(known):
    known({"name": "王姐", "region": ("浙江", "", ""), "points": phone(B)}, {Field.PHONE: "append"}, "name_region")
    assert [[point.value for point in one.points] for one in known.people()] == [[A, B]]
    sheet = known({"name": "王姐", "region": ("广东", "", "")}, None, "name_region")
    assert (sheet.counts.new, len(known.people())) == (1, 2)


def test_name_with_phone_needs_both(known):
    assert known({"name": "王姐", "points": phone(A), "address": "二路"}, None, "name_phone").counts.new == 0
    assert known({"name": "李总", "points": phone(A)}, None, "name_phone").counts.new == 1


def test_a_code_that_somebody_else_has_is_flagged_where_the_key_says_new(known):
    sheet = known({"code": "1", "name": "李总", "points": phone(C)}, None, "phone")
    assert [(one.code, one.values["other"]) for one in sheet.issues] == [("shared_code", "王姐")]


def test_a_code_is_never_given_to_two_customers_by_replacing(known, database, monkeypatch):
    bring(database, monkeypatch, [{"code": "2", "name": "李总", "points": phone(B)}])
    known({"code": "1", "name": "李总", "points": phone(B)}, {Field.CODE: "replace"}, "phone")
    assert sorted(one.code for one in known.people()) == ["1", "2"]


def test_two_rows_that_contradict_each_other_do_not_take_turns(database, monkeypatch):
    rows = [{"code": "1", "industry": "零售"}, {"code": "1", "industry": "餐饮"}]
    bring(database, monkeypatch, [{"code": "1", "name": "王姐", "industry": "农业"}])
    first = bring(database, monkeypatch, rows, {Field.INDUSTRY: "replace"})
    assert [one.code for one in first.sheets[0].issues] == ["differs"]
    assert customers.all_customers(database)
    assert bring(database, monkeypatch, rows, {Field.INDUSTRY: "replace"}).step == 0


OWN = st.lists(
    st.tuples(st.sampled_from(["phone", "wechat"]), st.sampled_from(["13900000001", "13900000002"]), st.just("")),
    max_size=2,
)
# Who a row is about, more or less fully told; one may have another phone, address or name than the file has.
WHO = st.sampled_from(
    [
        {"code": "1", "name": "王姐", "points": phone(A), "address": "一路1号", "region": ("浙江", "杭州", "")},
        {"code": "1", "name": "王芳", "points": phone(A)},
        {"code": "1", "points": phone(D)},
        {"code": "2", "name": "王姐", "points": phone(B), "region": ("广东", "", "")},
        {"code": "2", "address": "二路2号"},
        {"name": "李总", "points": phone(C), "region": ("浙江", "", "")},
        {"name": "李 总", "points": phone(C, E), "address": "三路3号"},
        {"name": "大华公司", "address": "四路4号"},
        {"name": "赵四"},
        {},
    ]
)
MORE = st.fixed_dictionaries(
    {},
    optional={
        "contacts": st.lists(
            st.tuples(st.sampled_from(["张三", "李四"]), st.sampled_from(["", "经理", "会计"]), st.just(""), OWN),
            max_size=2,
        ),
        "notes": st.sampled_from(["爱喝茶", "住三楼", "爱喝茶\n住三楼"]),
        "tags": st.lists(st.sampled_from(["甲", "乙"]), max_size=2),
        "industry": st.sampled_from(["餐饮", "零售"]),
        "receivable": st.sampled_from([0, 50_0000]),
        "extra": st.sampled_from(["沪A", "沪B"]),
        "interactions": st.lists(st.tuples(st.just(""), st.just("call"), st.sampled_from(["甲", "乙"])), max_size=1),
    },
)
ROWS = st.lists(st.builds(lambda who, more: {**who, **more}, WHO, MORE), max_size=5)
SAID = st.fixed_dictionaries(
    {}, optional={Field(name): st.sampled_from(ways(Field(name))) for name in FIELDS if ways(Field(name))}
)
KINDS = st.sampled_from(["customers", "customers", "contacts", "interactions"])


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ROWS, ROWS, SAID, st.sampled_from(list(MatchKey)), KINDS)
def test_under_any_key_and_policy_a_second_import_adds_nothing_and_undo_gives_the_file_back(
    monkeypatch, earlier, rows, said, key, kind
):
    with TemporaryDirectory() as folder:
        db = create_file(Path(folder) / "mine.crmdesk", Clock(date(2026, 11, 22)))
        try:
            bring(db, monkeypatch, earlier)
            before = history.logical_dump(db)
            summary = bring(db, monkeypatch, rows, said, key, kind)
            whole = history.logical_dump(db)
            assert bring(db, monkeypatch, rows, kind=kind).step == 0  # what was said is remembered
            assert history.logical_dump(db) == whole
            if summary.step:
                history.undo(db)
                assert history.logical_dump(db) == before
        finally:
            db.close()
