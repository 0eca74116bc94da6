"""A block of cells from the clipboard."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.cell_block import block_text, read_block

cells = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


def test_lines_and_tabs():
    assert read_block("王姐\t138\r\n李总\t\r\n") == [["王姐", "138"], ["李总", ""]]
    assert read_block("一\n二\t三") == [["一", ""], ["二", "三"]]
    assert read_block("") == read_block("\r\n\t\r\n") == []


def test_quotes_hold_line_ends_tabs_and_quotes():
    assert read_block('"文三路\n1 号"\t"说""好"""\t5" 管') == [["文三路\n1 号", '说"好"', '5" 管']]
    assert read_block('"没关上\t好') == [['"没关上', "好"]]


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=4))
def test_what_is_written_is_read(rows):
    rows[-1][0] = "尾"
    assert read_block(block_text(rows)) == rows
