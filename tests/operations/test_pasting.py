"""粘贴识别 knows places and surnames."""

from __future__ import annotations

from crmdesk.operations.pasting import recognise


def test_a_place_and_a_person_are_told_apart():
    found = recognise("欧阳修\n江苏省徐州市鼓楼区中山北路8号")
    assert (found.name, found.city, found.district) == ("欧阳修", "徐州市", "鼓楼区")
