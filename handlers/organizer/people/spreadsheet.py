"""Writes tables as files: XLSX for spreadsheets, CSV for everything else. Pure."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from locales.reply import Say, Value, text
from locales.time_zone import time_zone

if TYPE_CHECKING:
    import xlsxwriter


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as the clocks of that IANA zone show it."""

    at: datetime
    zone: str = "UTC"

    @property
    def shown(self) -> datetime:
        """Without its zone: files of this kind know none, so that a column says whose hour it is."""
        return self.at.astimezone(time_zone(self.zone)).replace(tzinfo=None, microsecond=0)


Cell: TypeAlias = Value | Moment | None  # None leaves it empty


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its heading."""

    name: Value
    heading: tuple[Value, ...]
    rows: Sequence[tuple[Cell, ...]]


# With these a cell begins that a spreadsheet may take for a formula, also in their full-width forms.
# Source: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Signs that are not seen, which some programs drop before they look: spaces, marks of direction and of width.
_UNSEEN = " \u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_MOMENT, _MOMENT_OF_EXCEL = "%Y-%m-%d %H:%M", "yyyy-mm-dd hh:mm"
_WIDEST, _NARROWEST, _LONGEST_NAME = 40, 8, 31
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def as_csv(sheet: Sheet, say: Say) -> bytes:
    """Returns a sheet as UTF-8 with the mark by which Excel knows it; every cell in quotes, none of them a formula.

    Between cells stands what Excel expects in the reader's language: a line "sep=" would do for all, but with it Excel
    does not heed the mark, and accents are lost.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, delimiter=say(text("export.delimiter")))
    writer.writerow([_escape_formula(say(each)) for each in sheet.heading])
    for row in sheet.rows:
        writer.writerow([_csv_cell(each, say) for each in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell, say: Say) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Moment):
        return cell.shown.strftime(_MOMENT)
    return str(cell) if isinstance(cell, int) else _escape_formula(say(cell))


def _escape_formula(words: str) -> str:
    """Puts an apostrophe before what a spreadsheet would calculate."""
    return f"'{words}" if words.lstrip(_UNSEEN).startswith(_FORMULA) else words


def as_xlsx(sheets: Sequence[Sheet], say: Say, *, made_at: datetime) -> bytes:
    """Returns a workbook. Every text is written as a text, so nothing in it is calculated or becomes a link."""
    import xlsxwriter  # noqa: PLC0415 - 2 MB and 25 ms at every start, for the first who asks

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **plain}) as book:
        book.set_properties({"created": made_at})
        bold = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": _MOMENT_OF_EXCEL})
        for sheet in sheets:
            _write(book.add_worksheet(_name(say(sheet.name))), sheet, say, bold, moment)
    return out.getvalue()


def _name(words: str) -> str:
    return words.translate(_NOT_IN_A_NAME).strip()[:_LONGEST_NAME]


def _write(page: "xlsxwriter.worksheet.Worksheet", sheet: Sheet, say: Say, bold: object, moment: object) -> None:
    heading = [say(each) for each in sheet.heading]
    widths = [len(each) for each in heading]
    for column, words in enumerate(heading):
        page.write_string(0, column, words, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], _write_cell(page, (number, column), cell, say, moment))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(heading) - 1)


def _write_cell(
    page: "xlsxwriter.worksheet.Worksheet", place: tuple[int, int], cell: Cell, say: Say, moment: object
) -> int:
    """Writes one cell; returns how many signs wide it is."""
    if cell is None:
        return 0
    if isinstance(cell, Moment):
        page.write_datetime(*place, cell.shown, moment)
        return len(_MOMENT_OF_EXCEL)
    if isinstance(cell, int):
        page.write_number(*place, cell)
        return len(str(cell))
    words = say(cell)
    page.write_string(*place, words)
    return len(words)
