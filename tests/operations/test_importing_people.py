"""What an import knew of people is let go before the figures need the room."""

from __future__ import annotations

import sys

from crmdesk.operations.importing_people import drop_slowly


def test_what_is_emptied_holds_no_room_either() -> None:
    found = {str(number): number for number in range(2_500)}
    several = list(range(2_500))
    for held in (found, several):
        drop_slowly(held)
        assert not held
        assert sys.getsizeof(held) < 200
