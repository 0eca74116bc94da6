"""What the system says in English, or not at all, is told in the user's words."""

from __future__ import annotations

import errno
import os

import pytest

from crmdesk.domain.phrase import Phrase
from crmdesk.i18n import language
from crmdesk.words.phrases import say
from crmdesk.words.system_reasons import reason


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "没有权限"), (errno.EROFS, "磁盘只能读"), (errno.ENOENT, "东西不在了")],
)
def test_a_reason_of_the_system_is_said_in_chinese(number: int, words: str) -> None:
    assert reason(os.strerror(number)) == words
    assert words in say(Phrase("cannot_write", {"path": "表.xlsx", "why": os.strerror(number)}))


def test_in_english_it_is_said_as_everything_else_is() -> None:
    with language("en"):
        assert reason(os.strerror(errno.ENOSPC)) == "the disk is full"


def test_a_reason_that_is_not_known_stays_and_none_is_said_so() -> None:
    assert reason("配额已用完") == "配额已用完"
    assert reason("") == "系统没说原因"
