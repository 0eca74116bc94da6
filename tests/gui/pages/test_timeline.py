"""The timeline and the rhythm strip."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from PySide6.QtGui import QFont

from crmdesk.domain.record import TimelineEntry
from crmdesk.gui.pages.rhythm_strip import RhythmStrip
from crmdesk.gui.pages.timeline import SHOWN_AT_ONCE, Timeline, _laid_out, timeline_line

TODAY = date(2026, 11, 22)


def _order(day, money=1_000_0000, **more):
    return TimelineEntry(day, "order", 1, money=money, text="可乐", **more)


@pytest.fixture
def timeline(_look, qtbot):
    made = Timeline(None)
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    return made


def test_days_of_this_year_are_short_and_older_ones_whole():
    assert timeline_line(_order(TODAY), TODAY).day == "11-22"
    assert timeline_line(_order(date(2025, 3, 1)), TODAY).day == "2025-03-01"


def test_a_contact_tells_way_outcome_and_words():
    entry = TimelineEntry(TODAY, "interaction", 1, time(9), "visit", "wait", "下月再看")
    assert timeline_line(entry, TODAY).text == "拜访 · 再等等 · 下月再看"


def test_an_order_that_does_not_count_says_why():
    line = timeline_line(_order(TODAY, detail="已关闭", outcome="void"), TODAY)
    assert line.void
    assert "已关闭" in line.text


def test_a_long_history_is_shown_in_parts(timeline):
    timeline.show_entries([_order(TODAY - timedelta(days=n)) for n in range(SHOWN_AT_ONCE + 5)], TODAY)
    assert len(timeline.lines()) == SHOWN_AT_ONCE
    assert timeline._older.text() == "还有更早的 5 条"
    timeline._older.click()
    assert len(timeline.lines()) == SHOWN_AT_ONCE + 5
    assert timeline._older.isHidden()


def test_a_long_line_takes_the_height_it_needs(timeline):
    short = TimelineEntry(TODAY, "interaction", 1, detail="call", text="好")
    timeline.show_entries([short], TODAY)
    low = timeline._list.height()
    timeline.show_entries([TimelineEntry(TODAY, "interaction", 1, detail="call", text="说了很多 " * 40)], TODAY)
    assert timeline._list.height() > 2 * low


@pytest.mark.parametrize("width", [60, 90, 140, 200])
def test_words_stay_whole_where_a_line_holds_them(_look, width):
    text = "twelve bottles of cola and a crate of water\n下周再来看看"
    layout = _laid_out(text, QFont(), width)
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    parts = [text[line.textStart() : line.textStart() + line.textLength()] for line in lines]
    assert "".join(parts) == text
    words = [word for part in parts for word in part.split() if word.isascii()]
    assert words == text.partition("\n")[0].split()
    assert all(line.naturalTextWidth() <= width for line in lines)


def test_a_word_longer_than_a_line_is_broken(_look):
    layout = _laid_out("x" * 200, QFont(), 100)
    assert layout.lineCount() > 2
    assert layout.boundingRect().width() <= 101


def test_an_empty_timeline_says_so(timeline):
    timeline.show_entries([], TODAY)
    assert timeline._none.isVisible()
    assert timeline.lines() == []


@pytest.mark.parametrize("last", [5, 81, 400])
@pytest.mark.parametrize("rhythm", [None, 35])
def test_the_strip_paints_any_rhythm(_look, qtbot, last, rhythm):
    strip = RhythmStrip()
    qtbot.addWidget(strip)
    days = [TODAY - timedelta(days=last + 35 * n) for n in range(6, -1, -1)]
    strip.show_days(days, TODAY, rhythm)
    strip.resize(300, strip.sizeHint().height())
    picture = strip.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 300, 3) for y in range(0, picture.height(), 3)}
    assert len(colours) > 2
    assert (strip.expected() is None) == (rhythm is None)


def test_the_strip_leaves_out_what_would_squeeze_it(_look, qtbot):
    strip = RhythmStrip()
    qtbot.addWidget(strip)
    strip.show_days([date(2015, 1, 1), TODAY - timedelta(days=10)], TODAY, None)
    assert strip.sentence() == "拿过 1 次货，最近 10 天前"
    strip.show_days([], TODAY, 35)
    assert strip.sentence() == ""


def test_old_data_are_seen_from_the_day_they_end(_look, qtbot):
    strip = RhythmStrip()
    qtbot.addWidget(strip)
    end = date(2017, 12, 30)
    strip.show_days([end - timedelta(days=n) for n in (70, 35, 10)], end, 35, as_of=True)
    assert strip.tells()
    assert strip._mark == "2017-12-30"
