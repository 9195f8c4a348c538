"""Draws a summary as one page of PDF, A4 or Letter: everything that the card says, with bars. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from knowledge.summary.small_groups import number_or_few
from knowledge.summary.summary import Section, Summary, heading, sections
from locales.fonts import BOLD, REGULAR
from locales.reply import Day, Say, Value, text

if TYPE_CHECKING:
    from fpdf import FPDF

_FAMILY = "DejaVu"
# In millimetres and points, at full size; where all of it does not fit on the page, everything is smaller.
_MARGIN, _GUTTER, _BAR, _LINE = 16.0, 10.0, 2.2, 5.2
_TITLE, _HEADING, _BODY, _SMALL = 20.0, 11.0, 9.5, 8.0
_SIZES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.44)
_INK, _QUIET, _BLUE, _PALE = (27, 31, 36), (87, 96, 106), (31, 111, 178), (232, 236, 240)


def draw_summary(summary: Summary, paper: str, say: Say, *, made_at: datetime) -> bytes:
    """Returns the page as PDF; `paper` is "a4" or "letter"."""
    pdf = _new_page(paper, made_at)
    pages = [_Page(pdf, say, scale) for scale in _SIZES]
    fitting = next((page for page in pages if page.put(summary, draw=False)), pages[-1])
    fitting.put(summary)
    return bytes(pdf.output())


def _new_page(paper: str, made_at: datetime) -> "FPDF":
    from fpdf import FPDF  # noqa: PLC0415 - with what it loads, 100 ms at every start, for the first who asks

    pdf = FPDF(format="letter" if paper == "letter" else "a4")
    pdf.set_creation_date(made_at)
    pdf.set_auto_page_break(auto=False)
    pdf.add_font(_FAMILY, "", REGULAR)
    pdf.add_font(_FAMILY, "B", BOLD)
    pdf.c_margin = 0  # words begin where bars begin
    pdf.add_page()
    return pdf


@dataclass
class _Page:
    """One page with a title and two columns."""

    pdf: "FPDF"
    say: Say
    scale: float

    @property
    def _column(self) -> float:
        return (self.pdf.w - 2 * _MARGIN - _GUTTER) / 2

    @property
    def _bottom(self) -> float:
        return self.pdf.h - _MARGIN

    def put(self, summary: Summary, *, draw: bool = True) -> bool:
        """Draws everything, or only measures it; returns whether all of it is on the page."""
        self.pdf.set_title(self.say(heading(summary)))
        top = self._title(summary, draw=draw)
        left, right = self._divided(sections(summary), self._bottom - top)
        ends = [
            self._sections(left, _MARGIN, top, draw=draw),
            self._sections(right, _MARGIN + self._column + _GUTTER, top, draw=draw),
        ]
        return max(ends) <= self._bottom

    def _title(self, summary: Summary, *, draw: bool) -> float:
        width, top = self.pdf.w - 2 * _MARGIN, _MARGIN
        top = self._words(self.say(heading(summary)), (_MARGIN, top, width), _TITLE, bold=True, draw=draw)
        top = self._words(self.say(summary.title), (_MARGIN, top + 1, width), _HEADING, draw=draw)
        day = self.say(text("summary.day", day=Day(summary.at)))
        return self._words(day, (_MARGIN, top, width), _SMALL, colour=_QUIET, draw=draw) + _LINE * self.scale

    def _words(
        self,
        words: str,
        place: tuple[float, float, float],
        size: float,
        *,
        bold: bool = False,
        colour: tuple[int, int, int] = _INK,
        draw: bool = True,
    ) -> float:
        """Writes words from that place (left, top, width) on, in as many lines as they need; returns where they end."""
        left, top, width = place
        self.pdf.set_font(_FAMILY, "B" if bold else "", size * self.scale)
        self.pdf.set_text_color(*colour)
        self.pdf.set_xy(left, top)
        line = size * self.scale * 0.46
        height = self.pdf.multi_cell(width, line, words, align="L", dry_run=not draw, output="HEIGHT")
        return top + float(height)  # type: ignore[arg-type] # fpdf2 gives a number where one output is asked for

    def _divided(self, found: Sequence[Section], room: float) -> tuple[Sequence[Section], Sequence[Section]]:
        """Returns what stands left and right: left as much as has room there."""
        height = 0.0
        for place, section in enumerate(found):
            height += self._section(section, 0, 0, draw=False)
            if height > room:
                return found[:place], found[place:]
        return found, ()

    def _sections(self, found: Sequence[Section], left: float, top: float, *, draw: bool) -> float:
        for section in found:
            top = self._section(section, left, top, draw=draw)
        return top - _LINE * self.scale

    def _section(self, section: Section, left: float, top: float, *, draw: bool) -> float:
        """Draws a section; returns where the next one begins."""
        width, most = self._column, max((number or 0 for _, number in section.rows), default=0)
        place = (left, top, width)
        top = self._words(self.say(section.heading), place, _HEADING, bold=True, colour=_BLUE, draw=draw) + 1
        for label, number in section.rows:
            top = self._row(label, number, most, (left, top, width), draw=draw)
        for note in section.notes:
            top = self._words(self.say(note), (left, top, width), _BODY, draw=draw) + 0.8 * self.scale
        return top + _LINE * self.scale

    def _row(
        self, label: Value, number: int | None, most: int, place: tuple[float, float, float], *, draw: bool
    ) -> float:
        """Draws a label, its number behind it, and a bar below."""
        left, top, width = place
        shown, bar = self.say(number_or_few(number)), _BAR * self.scale
        self.pdf.set_font(_FAMILY, "B", _BODY * self.scale)
        wide = self.pdf.get_string_width(shown) + 0.1
        end = self._words(self.say(label), (left, top, width - wide - 3), _BODY, draw=draw)
        if draw:
            self._words(shown, (left + width - wide, top, wide + 1), _BODY, bold=True)
            self.pdf.set_fill_color(*_PALE)
            self.pdf.rect(left, end + 0.4, width, bar, style="F")
            self.pdf.set_fill_color(*_BLUE)
            if number and most:
                self.pdf.rect(left, end + 0.4, width * number / most, bar, style="F")
        return end + bar + 1.8 * self.scale
