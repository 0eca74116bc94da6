"""Whatever a sheet holds: what was announced happens, a second import adds nothing, undo gives the file back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from crmdesk.clock import Clock
from crmdesk.domain.fields import Field
from crmdesk.excel.cells import ReadRow
from crmdesk.excel.column import Column, column_letter
from crmdesk.excel.draft import SheetDraft
from crmdesk.excel.protocol import packed
from crmdesk.operations import history
from crmdesk.operations.files import create_file
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.progress import Cancelled
from crmdesk.storage.search import rebuilding
from crmdesk.storage.search_index import IndexBuilder

DAYS = st.sampled_from(["2025-01-01", "2025-01-02"])
MONEY = st.sampled_from([0, 10_0000, 20_0000, -5_0000])
POINTS = st.lists(
    st.tuples(st.sampled_from(["phone", "wechat"]), st.sampled_from(["13900000001", "13900000002"]), st.just("")),
    max_size=2,
)
ABOUT = {
    "contacts": st.lists(
        st.tuples(st.sampled_from(["", "张三", "李四"]), st.sampled_from(["", "经理"]), st.just(""), POINTS),
        min_size=1,
        max_size=2,
    ),
    "region": st.sampled_from([("浙江", "", ""), ("浙江", "杭州", ""), ("广东", "湛江", "")]),
    "notes": st.sampled_from(["爱喝茶", "住三楼"]),
    "tags": st.lists(st.sampled_from(["老客户", "批发"]), min_size=1, max_size=2),
    "interactions": st.lists(
        st.tuples(st.one_of(st.just(""), DAYS), st.just("call"), st.sampled_from(["甲", "乙"])), max_size=2
    ),
    "follow_ups": st.lists(st.tuples(st.one_of(st.just(""), DAYS), st.sampled_from(["甲", "乙"])), max_size=2),
}
SALE = {
    "order_number": st.sampled_from(["N1", "N2"]),
    "ordered_on": DAYS,
    "order_amount": MONEY,
    "line_amount": MONEY,
    "order_refund": MONEY,
    "order_status": st.sampled_from(["交易成功", "交易关闭"]),
    "product": st.sampled_from(["茶", "杯"]),
    "quantity": st.sampled_from([1_000, 2_000]),
    "price": MONEY,
    "line_profit": MONEY,
}
EXTRA = st.dictionaries(st.sampled_from(["车牌", "车型"]), st.sampled_from(["甲", "乙"]))


def phone(number):
    return [("phone", number, "")]


# Two namesakes with codes, one known by phone, one by address, one by the name alone; sheets tell more or less of them.
WHO = st.sampled_from(
    [
        {"code": "1", "name": "王姐", "points": phone("13800000001"), "address": "一路1号"},
        {"code": "1", "name": "王姐"},
        {"code": "1"},
        {"code": "2", "name": "王姐", "points": phone("13800000002")},
        {"code": "2", "address": "二路2号"},
        {"name": "李总", "points": phone("13800000003")},
        {"name": "李 总", "points": phone("13800000003"), "address": "三路3号"},
        {"name": "大华公司", "address": "四路4号"},
        {"name": "赵四"},
        {},
    ]
)


def rows(*about):
    optional = {key: value for part in about for key, value in part.items()}
    told = st.fixed_dictionaries({}, optional=optional)
    return st.lists(st.tuples(st.builds(lambda who, more: {**who, **more}, WHO, told), EXTRA), max_size=6)


SHEETS = st.lists(
    st.one_of(
        st.tuples(st.just("customers"), rows(ABOUT)),
        st.tuples(st.just("contacts"), rows(ABOUT)),
        st.tuples(st.just("interactions"), rows(ABOUT)),
        st.tuples(st.just("orders"), rows(ABOUT, SALE)),
    ),
    min_size=1,
    max_size=3,
)
FIELDS = ("code", "name", "phone", "address", "contact_name", "region", "notes", "tags", *SALE)


class HandMade:
    """A reading of sheets that are given as (kind, rows)."""

    sha256 = ""

    def __init__(self, sheets):
        columns = tuple(Column(place, column_letter(place), name, Field(name)) for place, name in enumerate(FIELDS))
        self._sheets = sheets
        self.sheets = tuple(
            SheetDraft(index, "a.xlsx", f"Sheet{index}", kind, 1, columns, len(rows))
            for index, (kind, rows) in enumerate(sheets)
        )

    def chunks(self, index, progress):
        return (packed([tuple(row) for row in rows]) for rows in self.rows(index, progress))

    def indexer(self, progress):
        return IndexBuilder()

    def rows(self, index, progress):
        read = [
            ReadRow(n, dict(values), dict(extra), []) for n, (values, extra) in enumerate(self._sheets[index][1], 2)
        ]
        for start in range(0, len(read), 2):
            yield read[start : start + 2]

    def close(self):
        """Nothing is open."""


def bring(db, sheets, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("crmdesk.excel.draft.open_reading", lambda *_more, **_told: HandMade(sheets))
        with preview_sheets(db, [Path("a.xlsx")]) as preview:
            summary = import_preview(db, preview)
    assert summary.created == preview.created
    assert [sheet.counts for sheet in summary.sheets] == [sheet.counts for sheet in preview.sheets]
    assert [sheet.counts.read for sheet in summary.sheets] == [len(rows) for _kind, rows in sheets]
    return summary


def held(db):
    with db.raw_read() as raw:
        tables = ("customers", "contacts", "orders", "order_lines", "interactions", "follow_ups")
        return [raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]


def assert_index_is_whole(db):
    """What the import had indexed, early or late, is what an index of everybody made anew holds."""
    words = "SELECT term, doc FROM words ORDER BY 1, 2"
    with suppress(Cancelled), db.write("rebuild") as step:
        step.raw.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, instance)")
        found = step.raw.execute(words).fetchall()
        with rebuilding(step.raw):
            pass
        assert found == step.raw.execute(words).fetchall()
        raise Cancelled


def told_by(name, *points, title=""):
    """A contact as a row tells of it."""
    return (name, title, "", list(points))


WECHAT, MOBILE, OTHER = ("wechat", "13900000001", ""), ("phone", "13900000001", ""), ("phone", "13900000002", "")
# A contact without a name, whose number a later row gives to one with a name that stands before it.
NAMELESS_FIRST = [
    (
        "contacts",
        [
            ({"name": "王姐", "address": "一路1号", "contacts": [told_by("", MOBILE, title="经理")]}, {}),
            ({"name": "王姐", "contacts": [told_by("张三", MOBILE)]}, {}),
        ],
    )
]
# A row without a customer's name, one of whose numbers a later row gives to another customer.
TWO_MEANT = [
    ("interactions", [({"name": "王姐", "contacts": [told_by("张三", WECHAT, MOBILE)]}, {})]),
    (
        "interactions",
        [
            ({"contacts": [told_by("", WECHAT, OTHER)]}, {}),
            ({"contacts": [told_by("张三", OTHER)]}, {}),
        ],
    ),
]


# A file is made for each example, so making a failing one smaller would take minutes; they are small as they are.
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example([("customers", [({"name": "王姐", "address": "一路1号", "contacts": [told_by("张三")]}, {})])], NAMELESS_FIRST)
@example([], TWO_MEANT)
@given(SHEETS, SHEETS)
def test_any_sheet_twice_adds_nothing_and_can_be_taken_back(monkeypatch, earlier, sheets):
    with TemporaryDirectory() as folder:
        db = create_file(Path(folder) / "mine.crmdesk", Clock(date(2026, 11, 22)))
        try:
            bring(db, earlier, monkeypatch)
            before = history.logical_dump(db)
            empty = held(db)
            summary = bring(db, sheets, monkeypatch)
            assert_index_is_whole(db)
            created = summary.created
            grown = [now - then for now, then in zip(held(db), empty, strict=True)]
            assert grown == [
                created.customers,
                created.contacts,
                created.orders,
                created.lines,
                created.interactions,
                created.follow_ups,
            ]
            whole = history.logical_dump(db)
            again = bring(db, sheets, monkeypatch)
            assert (again.step, again.created.to_json()) == (0, dict.fromkeys(created.to_json(), 0))
            assert history.logical_dump(db) == whole
            if summary.step:
                history.undo(db)
                assert history.logical_dump(db) == before
        finally:
            db.close()
