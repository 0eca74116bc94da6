"""Whether an order counts, by the sheet's own word on its state."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from crmdesk.domain.text import half_width

# A word behind 未/没/不/非/部分 says the opposite: 订单未关闭 counts, and so does a part that went back.
_NOT: Final = r"(?<!未)(?<!没)(?<!没有)(?<!不)(?<!非)(?<!部分)"
_NOTHING: Final = re.compile(
    rf"{_NOT}(?:关闭|取消|作废|废弃|无效|撤销|撤单|失败|全额退款|已退款|退款成功|退款完成|已退货|退货完成|草稿)"
    r"|(?:等待买家付款|等待付款|待付款|待支付|未付款|未支付|尚未付款|没有付款|待买家付款)"
    r"|^(?:退款|退货|拒收|已拒收)$"
    r"|(?<!not )\b(?:cancell?ed|void(?:ed)?|rejected|declined|failed|expired|draft|unpaid|trade[_ ]closed)\b"
    r"|\b(?:awaiting payment|payment pending|pending payment|not paid|wait_buyer_pay)\b"
    r"|(?<!partially )(?<!partially_)(?<!partial )(?<!not )\b(?:refunded|returned)\b"
)
_BACK: Final = re.compile(r"退货|退回|退单|退款|return|refund", re.IGNORECASE)


@lru_cache(4096)
def order_counts(status: str) -> bool:
    """Whether an order in this state counts; closed, cancelled, unpaid and fully refunded ones do not."""
    return not status or not _NOTHING.search(half_width(status).strip().lower())


def tells_of_return(header: str) -> bool:
    """Whether a header or the name of a sheet speaks of goods or money that went back."""
    return bool(_BACK.search(header))
