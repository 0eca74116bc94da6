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
# What befalls people or is their own business: its day is told because it is none for a contact.
_AWAY: Final = re.compile(
    r"(?:出差|不在|[去回在]外地|[去回]老家|休息|休假|放假|请假|度假|旅游|住院|手术|看病|体检|考试|结婚|婚礼|[看接送]孩子"
    r"|下[大小暴]*[雨雪]|刮风|台风|降温|[发开]工资|发薪|发奖金|关门|停业|停电|盘点)(?![的用])"
    r"|\b(?:away|travel\w*|holidays?|vacation|out of (?:town|office))\b",
    re.I,
)
# Another one's going somewhere; 让我去, 再去, 去店里看货 and 去客户那 are ours, or come to us.
_THEIR_WAY: Final = re.compile(
    r"(?:客户|对方|人家|老板娘?|[他她]们?(?!那)|说)(?![那家店处])[^我咱让叫请约再]*?"
    r"(?:(?<![送拿带寄发])去(?=\w)(?![一看找送拿取提办签问谈聊店门我咱他她]|公司)|回(?=\w)(?![访电复话信来款]))"
)
_THEN: Final = re.compile(r"再|完|联系|回访|[问找聊谈](?!不)|\b(?:again|call|ask|back)\b", re.I)
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
        meant = (_MEANT.search(clause) or is_appointment(clause)) and not _NOT_THE_NEXT.search(clause)
        if meant and not _of_others(clause):
            day = day_in(clause, written)
            if day is not None and timedelta() < day - written <= timedelta(days=FARTHEST):
                return day
    return None


def _of_others(clause: str) -> bool:
    """Whether the day is that of somebody's own way or of an event, with no contact named after it (发工资再来)."""
    event = _AWAY.search(clause) or _THEIR_WAY.search(clause)
    return event is not None and not _THEN.search(clause, event.end())


def kind_named(text: str) -> str:
    """How one was in touch, where the line begins with it; "" where it does not."""
    said = text.strip().casefold()
    return next((kind for kind, words in _KINDS if said.startswith(words)), "")
