"""粘贴识别 with the tables of places and surnames."""

from __future__ import annotations

from crmdesk.domain.pasted import Pasted, read_pasted


def recognise(text: str) -> Pasted:
    """What a pasted card, address line or piece of chat proposes."""
    from crmdesk.excel.reference_data import region_table, surnames

    return read_pasted(text, region_table(), surnames())
