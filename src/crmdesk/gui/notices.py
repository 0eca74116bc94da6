"""What the frame says only now and then: the banner, the progress of work, the toast; each is built later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk, Work
from crmdesk.gui.overview import Overview, banner_words
from crmdesk.gui.top_bar import TopBar

if TYPE_CHECKING:
    from crmdesk.gui.telling import Telling
    from crmdesk.gui.toast import Toast
    from crmdesk.gui.widgets.banner import Banner
    from crmdesk.gui.widgets.progress_panel import ProgressPanel


class Notices(QObject):
    """`strips` goes above the page. `acted` is what the banner's button does."""

    def __init__(self, desk: Desk, frame: QWidget, top_bar: TopBar, acted: Callable[[], object]) -> None:
        super().__init__(frame)
        self._desk, self._frame, self._top_bar, self._acted = desk, frame, top_bar, acted
        self.strips = QVBoxLayout()
        self._places = QHBoxLayout(), QHBoxLayout()  # the banner stands above the progress, whichever comes first
        for place in self._places:
            place.setContentsMargins(24, 4, 24, 4)
            self.strips.addLayout(place)
        self.banner = desk.idle.later(self._build_banner)
        self.progress = desk.idle.later(self._build_progress)
        self.toast = desk.idle.later(self._build_toast)
        self.telling = desk.idle.later(self._build_telling, "crmdesk.gui.telling")  # with every sentence there is
        desk.work_started.connect(self._show_work)
        desk.told.connect(lambda text: self.telling().tell(text))

    def show_banner(self, overview: Overview | None) -> None:
        """Say what the banner has to say of the file."""
        text, verb = banner_words(self._desk, overview)
        if text or self.banner.built:
            self.banner().say(text, verb)

    def name_steps(self) -> None:
        """Name on the arrows what undo and redo would do; before a file may be written to, that is nothing."""
        if self._desk.editable or self.telling.built:
            self.telling().name_steps()
        else:
            self._top_bar.name_steps("", "")

    def retranslate(self) -> None:
        """Say again what stands there."""
        self.telling().retranslate()

    def _show_work(self, work: Work) -> None:
        self.progress().begin(work)

    def _build_banner(self) -> Banner:
        from crmdesk.gui.widgets.banner import Banner

        banner = Banner(self._frame)
        banner.acted.connect(self._acted)
        self._places[0].addWidget(banner)
        return banner

    def _build_progress(self) -> ProgressPanel:
        from crmdesk.gui.widgets.progress_panel import ProgressPanel

        panel = ProgressPanel(self._desk, self._frame)
        self._places[1].addWidget(panel)
        return panel

    def _build_toast(self) -> Toast:
        from crmdesk.gui.toast import Toast

        return Toast(self._frame)

    def _build_telling(self) -> Telling:
        from crmdesk.gui.telling import Telling

        return Telling(self._desk, self.toast(), self._top_bar)
