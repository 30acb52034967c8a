"""The chosen topic: why it stands out, where it is raised, how it was answered, and what is done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from frontdesk.domain.digests import Period
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Button, Facts, Paragraph, column, label, line, row
from frontdesk.services.views.digests import BuildingLine, RepeatLine, TopicLine
from frontdesk.ui import time_words
from frontdesk.ui.context import Context
from frontdesk.ui.reports import wording
from frontdesk.ui.reports.charts import Bars, Mark
from frontdesk.ui.reports.figures import Part
from frontdesk.ui.reports.notes import NoteEditor

_BUILDINGS, _REPEATS = 4, 3


class TopicAside(QFrame):
    """One topic beside the list; tells `opened` with the cases that are wanted."""

    opened = Signal(object)  # Part

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._line = context, None
        self._name, self._why = Paragraph("", "strong"), Paragraph("", "small")
        self._open = Button(context.theme)
        self._facts = Facts(132, 26)
        self._places, self._places_title = Bars(context.theme, _BUILDINGS, fits=True), label("", "small")
        self._repeats_title = label("", "small")
        self._repeats = Bars(context.theme, _REPEATS, fits=True)
        self.note = NoteEditor(context)
        places = (self._places_title, 4, self._places, 8, self._repeats_title, 4, self._repeats)
        top = (self._name, 2, self._why, 8, row(self._open, ...), 12)
        inner = column(*top, self.note, 12, line(), 8, self._facts, 8, *places, ...)
        inner.setContentsMargins(20, 16, 20, 16)
        self.setLayout(inner)
        self._open.clicked.connect(self._on_open)
        self._places.opened.connect(self._on_mark)
        self._repeats.opened.connect(self._on_mark)

    def retranslate(self) -> None:
        """Says every word again."""
        self._places_title.setText(tr("Buildings"))
        self._repeats_title.setText(tr("Raised there again"))
        self.note.retranslate()
        if self._line is not None:
            self._show(self._line)

    def show_topic(self, period: Period, topic: TopicLine) -> None:
        """Another topic, or news of the same one."""
        self._line = topic
        self._show(topic)
        self.note.show_topic(period, topic)

    def _show(self, topic: TopicLine) -> None:
        self._name.setText(wording.topic(topic))
        self._why.setText(" · ".join(part for part in (wording.kept(topic), wording.trend(topic.trend)) if part))
        self._open.setText(ntr("Show its case", "Show its {n} cases", len(topic.tally.case_ids)))
        self._facts.show_facts(*_facts(topic))
        self._places.show_marks(tr("Buildings"), [place_mark(each) for each in topic.buildings])
        self._repeats.show_marks(tr("Raised there again"), [_repeat(each) for each in topic.repeats])
        self._repeats.setVisible(bool(topic.repeats))
        self._repeats_title.setVisible(bool(topic.repeats))

    @Slot()
    def _on_open(self) -> None:
        if self._line is not None:
            self.opened.emit(Part(self._line.tally.case_ids, wording.topic(self._line)))

    @Slot(object)
    def _on_mark(self, mark: Mark) -> None:
        if self._line is not None:
            self.opened.emit(Part(mark.tally.case_ids, f"{wording.topic(self._line)} · {mark.name}"))


def _facts(topic: TopicLine) -> list[tuple[str, str]]:
    """What there is to say of it in lines."""
    facts = [(tr("How often"), wording.count(topic.tally)), (tr("By homes"), str(topic.homes))]
    if topic.history:
        last = ntr("{n} raised", "{n} raised", topic.history[-1])
        facts.append((tr("The period before"), last))
    if topic.mean is not None:
        facts.append((tr("Mean before"), wording.mean(topic.mean)))
    answer = topic.response
    if answer.kept_percent is not None:
        facts.append((tr("In time"), f"{answer.kept_percent} %"))
    if answer.median is not None:
        facts.append((tr("Median time"), time_words.span(answer.median)))
    if answer.rating is not None:
        facts.append((tr("Rating"), wording.mean(answer.rating)))
    return facts


def place_mark(each: BuildingLine) -> Mark:
    """A building's bar."""
    name = wording.building(each.building)
    return Mark(name, each.tally, f"{name}: {wording.count(each.tally)}")


def _repeat(each: RepeatLine) -> Mark:
    return Mark(each.label, each.tally, f"{each.label}: {wording.count(each.tally)}")
