"""Draws a chart as a picture for a phone: large type, 1080 points wide, light or dark. Pure."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from handlers.organizer.figures.charts import Bar, Chart
from locales.fonts import BOLD, REGULAR
from locales.reply import Day, Say

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

WIDTH = 1080
_EDGE, _GAP = 60, 24
_TITLE, _LABEL, _SMALL = 60, 42, 36
_BAR, _ROW = 46, 136
_LINE_HEIGHT, _LINE_EDGE = 700, 130
_DOT = 9
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours that can be told apart by everybody: words on the ground have a contrast of 4.5 at least."""

    ground: str
    words: str
    quiet: str
    bar: str
    others: str
    grid: str


THEMES: Mapping[str, Theme] = {
    "light": Theme("#ffffff", "#1b1f24", "#57606a", "#1f6fb2", "#8c959f", "#d8dee4"),
    "dark": Theme("#16191d", "#f0f3f6", "#a8b1bb", "#5ab0f2", "#6e7781", "#343a41"),
}


@cache
def _font(size: int, *, bold: bool = False) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - see draw()

    return ImageFont.truetype(BOLD if bold else REGULAR, size)


def draw_chart(chart: Chart, theme: Theme, say: Say) -> bytes:
    """Returns the picture as PNG."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - 4 MB and 20 ms at every start, for the first who asks

    page = Page(chart, theme, say)
    image = Image.new("RGB", (WIDTH, page.height), theme.ground)
    page.draw(ImageDraw.Draw(image))
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


@dataclass(frozen=True)
class Page:
    """Where everything stands."""

    chart: Chart
    theme: Theme
    say: Say

    @property
    def title(self) -> list[str]:
        """In as many lines as it needs."""
        return _wrapped(self.say(self.chart.title), _font(_TITLE, bold=True))

    @property
    def notes(self) -> list[str]:
        """Below, in small letters."""
        return [line for note in self.chart.notes for line in _wrapped(self.say(note), _font(_SMALL))]

    @property
    def height(self) -> int:
        """As high as what stands on it."""
        body = len(self.chart.bars) * _ROW + (_LINE_HEIGHT if self.chart.line else 0)
        return 2 * _EDGE + len(self.title) * (_TITLE + _GAP) + _GAP + body + len(self.notes) * (_SMALL + _GAP)

    def draw(self, pen: "ImageDraw.ImageDraw") -> None:
        """Draws the title, bars or a line, and the notes."""
        top = self._lines(pen, self.title, _EDGE, _font(_TITLE, bold=True), self.theme.words) + _GAP
        for bar in self.chart.bars:
            self._bar(pen, bar, top)
            top += _ROW
        if self.chart.line:
            self._line(pen, top)
            top += _LINE_HEIGHT
        self._lines(pen, self.notes, top, _font(_SMALL), self.theme.quiet)

    def _lines(
        self, pen: "ImageDraw.ImageDraw", lines: list[str], top: float, font: "ImageFont.FreeTypeFont", colour: str
    ) -> int:
        for each in lines:
            pen.text((_EDGE, top), each, font=font, fill=colour)
            top += font.size + _GAP
        return int(top)

    def _bar(self, pen: "ImageDraw.ImageDraw", bar: Bar, top: int) -> None:
        """Draws one bar: the label above, its number behind it, so that nothing has to be looked up in a legend."""
        largest = max((each.number or 0 for each in self.chart.bars), default=0) or 1
        number, bold = self.say(bar.shown), _font(_LABEL, bold=True)
        room = WIDTH - 2 * _EDGE - max(pen.textlength(self.say(each.shown), bold) for each in self.chart.bars)
        width = max((room - _GAP) * (bar.number or 0) / largest, _DOT)
        pen.text((_EDGE, top), _fitting(self.say(bar.label), _font(_LABEL)), font=_font(_LABEL), fill=self.theme.words)
        under = top + _LABEL + _GAP // 2
        colour = self.theme.others if bar.others else self.theme.bar
        if bar.number != 0:
            pen.rounded_rectangle((_EDGE, under, _EDGE + width, under + _BAR), radius=_DOT, fill=colour)
        beside = (_EDGE + (width + _GAP / 2 if bar.number != 0 else 0), under + _BAR / 2)
        pen.text(beside, number, font=bold, fill=self.theme.words, anchor="lm")

    def _line(self, pen: "ImageDraw.ImageDraw", top: int) -> None:
        """Draws a line in steps: what was not counted yet is not drawn."""
        points, base = self.chart.line, top + _LINE_HEIGHT - _LINE_EDGE
        most, first = points[-1].total, points[0].at
        left = _EDGE + int(pen.textlength(str(most), _font(_SMALL))) + _GAP
        span = (points[-1].at - first).total_seconds() or 1.0
        self._grid(pen, (left, top + _GAP, base), most)
        right, before = WIDTH - _EDGE, (float(left), float(base))
        for each in points:
            x = left + (right - left) * (each.at - first).total_seconds() / span
            y = base - (base - top - _GAP) * each.total / most
            pen.line((*before, x, before[1], x, y), fill=self.theme.bar, width=_DOT, joint="curve")
            pen.ellipse((x - _DOT, y - _DOT, x + _DOT, y + _DOT), fill=self.theme.bar)
            before = (x, y)
        for at, x, anchor in ((first, left, "la"), (points[-1].at, right, "ra")):
            day = self.say(Day(at, self.chart.zone, "short"))
            pen.text((x, base + _GAP), day, font=_font(_SMALL), fill=self.theme.quiet, anchor=anchor)

    def _grid(self, pen: "ImageDraw.ImageDraw", place: tuple[int, int, int], most: int) -> None:
        left, top, base = place
        for tick in range(_TICKS + 1):
            number = round(most * tick / _TICKS)
            y = base - (base - top) * number / most
            pen.line((left, y, WIDTH - _EDGE, y), fill=self.theme.grid, width=2)
            pen.text((left - _GAP / 2, y), str(number), font=_font(_SMALL), fill=self.theme.quiet, anchor="rm")


def _fitting(words: str, font: "ImageFont.FreeTypeFont") -> str:
    """Cuts a text where the picture ends, and marks that it is cut."""
    if font.getlength(words) <= WIDTH - 2 * _EDGE:
        return words
    while words and font.getlength(f"{words}…") > WIDTH - 2 * _EDGE:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _wrapped(words: str, font: "ImageFont.FreeTypeFont") -> list[str]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH - 2 * _EDGE:
            lines[-1] = longer
        else:
            lines.append(_fitting(word, font))
    return lines
