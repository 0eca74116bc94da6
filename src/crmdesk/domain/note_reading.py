"""What a line about a contact says by itself: 拜访，下周三再去 is a visit, and names the day of the next one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from crmdesk.domain.appointments import clauses, day_in, is_appointment
from crmdesk.domain.interaction import InteractionKind

FARTHEST: Final = 92  # days: what lies beyond is a birthday or the end of a contract sooner than the next call
# Who writes after a call that something is to be asked, brought or looked at means the next contact.
_MEANT: Final = re.compile(
    r"再|[来去问找聊谈打约送发带拿给等看要试]|\b(?:again|ask|back|bring|send|try|check|deliver|wait)\b", re.I
)
_NOT_THE_NEXT: Final = re.compile(
    r"上(?:个)?(?:周|星期|礼拜|月)|昨|前天|去年|[送去来问谈看打签付买拿要约]的|[了过](?!$)|不用|不要|生日|到期|过期"
    r"|\b(?:last|yesterday|birthday|expires?)\b",
    re.I,
)
_KINDS: Final = (
    (InteractionKind.VISIT, ("拜访", "上门", "到店", "去店里", "去了", "visit")),
    (InteractionKind.WECHAT, ("微信", "wechat")),
    (InteractionKind.MAIL, ("邮件", "发邮件", "mail", "email", "e-mail")),
    (InteractionKind.MEETING, ("开会", "会议", "meeting", "met ")),
    (InteractionKind.CALL, ("电话", "打电话", "打了电话", "call", "phoned")),
)


def next_day_named(text: str, written: date) -> date | None:
    """The first day to come that a line names for the next contact, at most `FARTHEST` days after it was written."""
    for clause in clauses(text):
        if (_MEANT.search(clause) or is_appointment(clause)) and not _NOT_THE_NEXT.search(clause):
            day = day_in(clause, written)
            if day is not None and timedelta() < day - written <= timedelta(days=FARTHEST):
                return day
    return None


def kind_named(text: str) -> str:
    """How one was in touch, where the line begins with it; "" where it does not."""
    said = text.strip().casefold()
    return next((kind for kind, words in _KINDS if said.startswith(words)), "")
