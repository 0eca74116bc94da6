"""Reading while a step is being saved: the old rows stay, and the question is asked again in a moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from crmdesk.domain.phrase import Refused

T = TypeVar("T")

AGAIN: Final = 50  # milliseconds until a busy file is asked again


def is_busy(refusal: Refused) -> bool:
    """Whether the file is only being written just now."""
    return refusal.phrase.code == "file_busy"


def when_free(owner: QObject, work: Callable[[], object]) -> None:
    """Do `work`; while the file is busy, again and again until it is free or `owner` is gone."""
    try:
        work()
    except Refused as refusal:
        if not is_busy(refusal):
            raise
        QTimer.singleShot(AGAIN, owner, partial(when_free, owner, work))


def while_there(owner: QObject, told: Callable[[T], object]) -> Callable[[T], None]:
    """`told` for the end of a job: it is not called any more where `owner` was closed while the job ran."""

    def tell(answer: T) -> None:
        if isValid(owner):
            told(answer)

    return tell
