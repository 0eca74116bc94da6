"""等级规则 on one page: choose ready rules, change them, see at once what would come of it, apply as one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.domain.tier_score import needs_products
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import date_field, field_date
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.pages.page import Page
from crmdesk.gui.pages.policy_editor import PolicyEditor
from crmdesk.gui.pages.policy_preview import PolicyPreview
from crmdesk.gui.room import ONE_COLUMN, lines, narrow
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _
from crmdesk.operations import policies, tiers
from crmdesk.words.policies import READY_FOR, policy_name

if TYPE_CHECKING:
    from crmdesk.domain.policy_preview import Preview
    from crmdesk.operations.policies import Trial
    from crmdesk.progress import Progress

PAUSE: Final = 250  # milliseconds without a change before the rules are tried
MOST_FORMER: Final = 5
REVIEW: Final = timedelta(days=180)
_LEAST_SIDE: Final = 14  # lines of rules or of the preview; in a lower window the page scrolls


class PolicyPage(Page):
    """The rules at the left, what would come of them at the right."""

    name = "policy"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._force = TierPolicy()
        self._former: list[tuple[TierPolicy, str]] = []  # earlier versions, the newest first, with the day of each
        self._trial: Trial | None = None
        self._with_products = False
        self._asked, self._busy = 0, False
        self._sides = QHBoxLayout()
        self._heading = text_label(self, "title", "policy_title")
        self._state = text_label(self, "muted", "policy_state", wrap=True)
        self._back = button(self, "policy_back", self._take_back, "")
        self._apply = button(self, "policy_apply", self.apply, "primary")
        self._ready = QComboBox(self)
        self._ready.setObjectName("policy_ready")
        self._ready.activated.connect(lambda _index: self._choose(self._ready.currentData()))
        self._for = text_label(self, "small", "policy_for", wrap=True)
        self._review_words = text_label(self, "muted")
        self._review: QDateEdit = date_field(self, desk.today + REVIEW)
        self._review.setObjectName("policy_review")
        self._review.dateChanged.connect(lambda _day: self._allow())
        self.editor = PolicyEditor(self)
        self.preview = PolicyPreview(desk, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._try)
        self._lay_out()
        self.editor.edited.connect(self._note_edit)
        self.preview.compare_wanted.connect(self._compare)
        desk.editable_changed.connect(lambda _editable: self._allow())
        self.retranslate()

    def title(self) -> str:
        """等级规则."""
        return _("Tier rules")

    def ready(self) -> bool:
        """Whether the preview has arrived."""
        return not self._busy and not self._pause.isActive()

    def focus_search(self) -> None:
        """The choice of ready rules."""
        self._ready.setFocus()

    def refresh(self, changes: Changes | None) -> None:
        """Read what rules are tried on anew; rules that are being written stay, unless others came into force."""
        force = self.desk.read(tiers.current_policy)
        self.editor.own_words = self.desk.read(policies.own_levels)
        kept = self.desk.read(policies.kept)
        self._former = [(one, day) for one, day in kept if one.version != force.version][:MOST_FORMER]
        untouched = self.editor.policy() == self._force
        if changes is None or untouched or force != self._force:
            self._force = force
            self._show(force)
        self._trial = None
        self._pause.start()

    def retranslate(self) -> None:
        """Put the texts again."""
        self._heading.setText(_("Tier rules"))
        self._back.setText(_("Back to the rules in force"))
        self._apply.setText(_("Apply"))
        self._review_words.setText(_("Look at these rules again on"))
        self._review.setAccessibleName(_("Look at these rules again on"))
        self._show(self.editor.policy())
        self.preview.retranslate()

    def restyle(self) -> None:
        """Nothing here is painted by hand."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the preview stands below the rules."""
        super().resizeEvent(event)
        below = narrow(self, ONE_COLUMN)
        self._sides.setDirection(QHBoxLayout.Direction.TopToBottom if below else QHBoxLayout.Direction.LeftToRight)

    def apply(self) -> None:
        """Judge everybody by these rules from now on: one step that undo takes back."""
        database, policy = self.desk.database, replace(self.editor.policy(), review_on=self._review_on())
        if self.desk.editable and self.editor.sound():
            self.desk.act(
                lambda progress: tiers.apply_policy(database, policy, progress),
                done=lambda changes: None if changes else self.desk.told.emit(_("These rules are in force already.")),
                busy_text=_("Working out tiers and stages"),
            )

    def _review_on(self) -> str:
        return field_date(self._review).isoformat()

    def _show(self, policy: TierPolicy) -> None:
        self._ready.clear()
        for ready in policies.ready_policies():
            self._ready.addItem(policy_name(ready), ready.ready)
        for former, made_on in self._former:
            told = _("{name}, version {version} of {day}")
            text = told.format(name=policy_name(former), version=former.version, day=made_on)
            self._ready.addItem(text, str(former.version))
        self._ready.setCurrentIndex(self._ready.findData(policy.ready))
        self._ready.setAccessibleName(_("Ready rules"))
        self._for.setText(_(READY_FOR[policy.ready]) if policy.ready in READY_FOR else "")
        wanted = date.fromisoformat(policy.review_on) if policy.review_on else self.desk.today
        # A day that has come is answered by the next one: applying says that the rules were looked at.
        day = wanted if wanted > self.desk.today else self.desk.today + REVIEW
        self._review.setDate(QDate(day.year, day.month, day.day))
        self.editor.show_policy(policy)
        self._say_state()

    def _choose(self, code: str) -> None:
        former = next((one for one, _day in self._former if str(one.version) == code), None)
        if former is not None:
            # Applied again they are rules of today: the day to look at them is not that of then.
            self._show(replace(former, review_on=self._force.review_on))
        else:
            self._show(self._force if code == self._force.ready else policies.ready_policy(code))
        self._note_edit()

    def _take_back(self) -> None:
        self._show(self._force)
        self._note_edit()

    def _note_edit(self) -> None:
        self._say_state()
        self._pause.start()

    def _say_state(self) -> None:
        force = self._force
        told = _("In force: {name}, version {version}").format(name=policy_name(force), version=force.version)
        due = bool(force.review_on) and force.review_on <= self.desk.today.isoformat()
        self._state.setText(told + (_(". It is time to look at them again; Apply says that you did") if due else ""))
        self._allow()

    def _allow(self) -> None:
        force = self._force
        changed = self.editor.policy() != force
        looked_at = bool(force.review_on) and self._review_on() != force.review_on
        self._apply.setEnabled(self.desk.editable and (changed or looked_at))
        self._back.setEnabled(changed or looked_at)

    # --- trying out, on the job thread ---

    def _try(self) -> None:
        """Try the rules as they stand; while one trial runs, the next waits, and those in between are left out."""
        database = self.desk.database
        if database is None or self._busy:
            return
        policy, kept, cap = self.editor.policy(), self._trial, self.desk.settings.daily_cap
        products = needs_products(policy)
        if products and not self._with_products:
            kept = None
        asked, self._busy = self._asked, True

        def work(_progress: Progress) -> tuple[Trial, Preview]:
            tried = kept or policies.trial(database, cap, products=products)
            return tried, policies.preview(tried, policy)

        def arrived(found: tuple[Trial, Preview]) -> None:
            self._busy = False
            if kept is None:
                self._with_products = products
            if database is not self.desk.database or asked != self._asked:
                return
            self._trial = found[0]
            self.preview.show_preview(found[1], in_force=policy == self._force)
            if policy != self.editor.policy():
                self._pause.start()

        def failed(error: Exception) -> None:
            self._busy = False
            self.desk.tell_error(error)

        self.desk.run(work, done=arrived, failed=failed)

    def _compare(self) -> None:
        tried, policy = self._trial, self.editor.policy()
        if tried is None:
            return
        others = [one for one in policies.ready_policies() if one.has_levels and one.ready != policy.ready]

        def work(_progress: Progress) -> list[tuple[str, float | None]]:
            found = policies.overlaps(tried, [policy, *others])
            return [(policy_name(one), pair.agreement) for one, pair in zip(others, found, strict=True)]

        self.desk.run(work, done=self.preview.show_compared)

    # --- layout ---

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._heading)
        words.addWidget(self._state)
        head.addLayout(words, 1)
        head.addWidget(self._back)
        head.addWidget(self._apply)
        start = FlowLayout(spacing=12)
        self._ready.setMinimumWidth(220)
        start.addWidget(self._ready)
        start.add_gap()
        start.addWidget(self._review_words)
        start.addWidget(self._review)
        self._sides.setSpacing(14)
        self._sides.addWidget(self._scroller(self.editor), 6)
        self._sides.addWidget(self._scroller(self.preview), 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(start)
        column.addWidget(self._for)
        column.addLayout(self._sides, 1)

    def _scroller(self, inside: QWidget) -> QScrollArea:
        scroll = QScrollArea(self)
        scroll.setMinimumHeight(lines(self, _LEAST_SIDE))
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields are what one goes to
        scroll.setWidget(inside)
        return scroll
