"""Long work: what it does, how far it is, and how to stop it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from crmdesk.gui.desk import Work
from crmdesk.gui.jobs import Job
from crmdesk.gui.widgets.banner import Banner
from crmdesk.gui.widgets.progress_panel import ProgressPanel


@pytest.fixture
def panel(desk, qtbot) -> Iterator[ProgressPanel]:
    window = QWidget()
    qtbot.addWidget(window)
    made = ProgressPanel(desk, window)
    window.show()
    yield made  # the window must outlive the panel


def test_it_is_there_only_while_something_runs(panel, desk) -> None:
    assert not panel.isVisible()
    panel.begin(Work("正在备份", Job()))
    assert panel.isVisible()
    desk.work_ended.emit()
    assert not panel.isVisible()


def test_it_counts(panel, desk) -> None:
    panel.begin(Work("导入", Job()))
    desk.work_moved.emit("importing", 12_000, 100_000)
    assert panel.findChild(QLabel, "progress_count").text() == "正在导入 12,000 / 100,000"
    assert panel.findChild(QProgressBar).value() == 120


def test_an_unknown_total_only_counts_up(panel, desk) -> None:
    panel.begin(Work("导入", Job()))
    desk.work_moved.emit("reading", 3_000_000_000, 0)
    assert panel.findChild(QLabel, "progress_count").text() == "正在读 3,000,000,000"
    assert panel.findChild(QProgressBar).maximum() == 0


def test_cancel_asks_the_work_to_stop_and_says_so(panel, desk) -> None:
    job = Job()
    panel.begin(Work("导入", job))
    button = panel.findChild(QPushButton, "progress_cancel")
    button.click()
    assert job.progress.cancelled
    assert not button.isEnabled()


def test_a_banner_with_nothing_to_say_is_gone(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    banner = Banner(window)
    window.show()
    banner.say("数据到 2018-12-31 为止", "按今天算")
    acted = []
    banner.acted.connect(lambda: acted.append(1))
    banner.findChild(QPushButton, "banner_button").click()
    assert banner.isVisible()
    assert acted == [1]
    banner.say("")
    assert not banner.isVisible()
