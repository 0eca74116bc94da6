"""What one says on a birthday, a festival, or when somebody has bought here for so many years."""

from __future__ import annotations

from typing import Final

from crmdesk.domain.care_day import ANNIVERSARY, FESTIVAL, CareDay
from crmdesk.i18n import _, translatable
from crmdesk.words.phrases import one_thing

FESTIVALS: Final[dict[str, str]] = {
    "new_year": translatable("New Year"),
    "national_day": translatable("National Day"),
    "spring": translatable("Spring Festival"),
    "lantern": translatable("Lantern Festival"),
    "dragon_boat": translatable("Dragon Boat Festival"),
    "mid_autumn": translatable("Mid-Autumn Festival"),
}
_FESTIVE: Final[dict[str, str]] = {
    "new_year": translatable("Happy New Year, may it be a good one for all of you"),
    "national_day": translatable("A good National Day to you and your family"),
    "spring": translatable("A happy Spring Festival, health and good business in the new year"),
    "lantern": translatable("A happy Lantern Festival to you and your family"),
    "dragon_boat": translatable("A healthy Dragon Boat Festival to you and your family"),
    "mid_autumn": translatable("A happy Mid-Autumn Festival to you and your family"),
}


def festival_label(festival: str) -> str:
    """A festival's name; the code itself where a newer version wrote it."""
    return _(FESTIVALS[festival]) if festival in FESTIVALS else festival


def greeting(day: CareDay) -> str:
    """A greeting for the day, with the form of address the customer is used to; of a festival for everybody."""
    if day.kind == FESTIVAL:
        return _(_FESTIVE[day.name])
    who = day.salutation or day.name
    if day.kind == ANNIVERSARY:
        # The list tells of it up to a week before the day, and it is copied then.
        told = _("{who}, it is {years} years now that you buy from us. Thank you for that")
        return one_thing(told.format(who=who, years=day.years))
    return _("Happy birthday, {who}. All the best for the new year of your life").format(who=who)


def care_text(day: CareDay) -> str:
    """What the day is, where it is no birthday: "3 years with us"."""
    return one_thing(_("{years} years with us").format(years=day.years)) if day.kind == ANNIVERSARY else ""
