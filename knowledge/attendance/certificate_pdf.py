"""Draws a certificate as a PDF of one page, A4 or Letter; every name that the fonts hold is printed whole. Pure.

fpdf2 and its shaping are imported where they are used: no other message needs them.
"""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, TypeAlias

from locales.fonts import BOLD, JAPANESE, LATIN_BOLD, LATIN_REGULAR, REGULAR
from locales.localized import Language

if TYPE_CHECKING:
    from fpdf import FPDF

Paper: TypeAlias = Literal["a4", "letter"]
# Where people print on Letter. Source: https://unicode.org/reports/tr35/tr35-general.html (paperSize US)
LETTER_COUNTRIES = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})
_SIZES: dict[Paper, tuple[float, float]] = {"a4": (297.0, 210.0), "letter": (279.4, 215.9)}
_EDGE, _BAR = 20.0, 4.0
_NAME_SIZES, _LIST_SIZES = range(30, 13, -1), (12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
_QR, _FOOT, _PICTURE_HEIGHT = 30.0, 46.0, 15.0
_MM = 25.4 / 72  # of a point
_ONE_AT_A_TIME = Lock()
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and the picture of the signature."""

    name: str
    role: str
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """All words of a certificate, in one language."""

    language: Language
    title: str
    certifies: str
    name: str
    attended: str
    cycle: str
    sessions: Sequence[str]
    total: str
    issuer: str
    issued: str
    verify: Sequence[str]
    code: str
    address: str  # what the QR code opens
    issued_at: datetime
    accent: str = "#1f4e79"
    ink: str = "#1b1f24"
    logo: bytes | None = None
    signatories: Sequence[Signatory] = ()


@cache
def _signs(font: Path) -> frozenset[int]:
    import uharfbuzz  # noqa: PLC0415 - see above

    return frozenset(uharfbuzz.Face(uharfbuzz.Blob(font.read_bytes())).unicodes)


def _missing(name: str, *fonts: Path) -> str:
    signs = [each for each in unicodedata.normalize("NFC", name) if not each.isspace()]
    return "".join(dict.fromkeys(each for each in signs if not any(ord(each) in _signs(font) for font in fonts)))


def unprintable_signs(name: str) -> str:
    """Returns the signs of a name that no font here holds, each once; "" where all of it can be printed."""
    return _missing(name, BOLD, JAPANESE) if _missing(name, BOLD) else ""


def draw_certificate(certificate: Certificate, paper: Paper) -> bytes:
    """Returns the PDF. Who ask at once are served one after the other: 0.06 s of processor each, 70 MB in all."""
    with _ONE_AT_A_TIME:
        page = _Page(certificate, *_SIZES[paper])
        page.draw()
        return bytes(page.pdf.output())


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


class _Page:
    """The page, from top to bottom."""

    def __init__(self, certificate: Certificate, width: float, height: float) -> None:
        self.words, self.width, self.height = certificate, width, height
        self.pdf = _new_pdf(certificate, width, height)

    def draw(self) -> None:
        self._frame()
        top = self._head()
        top = self._line(self.words.certifies, top + 3, 13)
        top = self._name(top + 2)
        top = self._line(self.words.attended, top + 3, 13)
        top = self._line(self.words.cycle, top + 1, 12, bold=True)
        self._sessions(top + 3, self.height - _EDGE - _FOOT)
        self._foot()

    def _frame(self) -> None:
        self.pdf.set_fill_color(*_rgb(self.words.accent))
        self.pdf.rect(0, 0, self.width, _BAR, "F")
        self.pdf.rect(0, self.height - _BAR, self.width, _BAR, "F")

    def _head(self) -> float:
        """Draws logo and title; returns where the next line may begin."""
        top = _EDGE - 4
        if self.words.logo is not None:
            self.pdf.image(io.BytesIO(self.words.logo), x=_EDGE, y=top, h=_PICTURE_HEIGHT + 3, keep_aspect_ratio=True)
        self._ink(self.words.accent)
        return self._line(self.words.title, top + 2, 28, bold=True, coloured=True) + 2

    def _ink(self, colour: str) -> None:
        self.pdf.set_text_color(*_rgb(colour))

    def _line(self, words: str, top: float, size: float, *, bold: bool = False, coloured: bool = False) -> float:
        """Draws centred words in as many lines as they need; returns where they end."""
        if not coloured:
            self._ink(self.words.ink)
        self.pdf.set_font("body", "B" if bold else "", size)
        self.pdf.set_xy(_EDGE, top)
        self.pdf.multi_cell(self.width - 2 * _EDGE, size * _MM * 1.3, words, align="C")
        return float(self.pdf.get_y())

    def _name(self, top: float) -> float:
        """Draws the name as large as one line takes; a very long one on several lines. Nothing of it is cut."""
        room = self.width - 2 * _EDGE
        name = unicodedata.normalize("NFC", " ".join(self.words.name.split()))
        for size in _NAME_SIZES:
            self.pdf.set_font("body", "B", size)
            if self.pdf.get_string_width(name) <= room:
                break
        end = self._line(name, top, size, bold=True)
        self.pdf.set_draw_color(*_rgb(self.words.accent))
        self.pdf.set_line_width(0.5)
        self.pdf.line(self.width / 2 - 60, end + 1, self.width / 2 + 60, end + 1)
        return end + 2

    def _sessions(self, top: float, bottom: float) -> None:
        """Draws the sessions and their length, in letters so large that all of them fit above the foot."""
        lines = [*self.words.sessions, "", self.words.total]
        for size in _LIST_SIZES:
            self.pdf.set_font("body", "", size)
            if top + sum(self._height(each, size) for each in lines) <= bottom:
                break
        for each in lines:
            top = self._line(each, top, size) if each else top + size * _MM * 0.6

    def _height(self, words: str, size: float) -> float:
        if not words:
            return size * _MM * 0.6
        room = self.width - 2 * _EDGE
        lines = self.pdf.multi_cell(room, size * _MM * 1.3, words, align="C", dry_run=True, output="LINES")
        return len(lines) * size * _MM * 1.3 if isinstance(lines, list) else 0.0

    def _foot(self) -> None:
        top = self.height - _EDGE - _FOOT + 8
        self._qr(self.width - _EDGE - _QR, top)
        self._verification(top)
        self._signatures(top)

    def _qr(self, left: float, top: float) -> None:
        """Draws the QR code as squares, sharp at any size, with the quiet zone that scanners need."""
        import segno  # noqa: PLC0415 - see above

        rows = [list(row) for row in segno.make(self.words.address, error="m", micro=False).matrix_iter(border=2)]
        side = _QR / len(rows)
        self.pdf.set_fill_color(0, 0, 0)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    self.pdf.rect(left + across * side, top + down * side, side + 0.02, side + 0.02, "F")

    def _verification(self, top: float) -> None:
        width = 100.0
        left = self.width - _EDGE - _QR - width - 3
        self._ink(self.words.ink)
        self.pdf.set_xy(left, top + 2)
        self.pdf.set_font("body", "B", 10)
        self.pdf.multi_cell(width, 5, self.words.code, align="R")
        self._small(left, width, 8, (*self.words.verify, self.words.issued), align="R")

    def _signatures(self, top: float) -> None:
        """Draws who signs and who issues, on the left."""
        left, width = _EDGE, 62.0
        for each in self.words.signatories:
            if each.picture is not None:
                picture = io.BytesIO(each.picture)
                self.pdf.image(picture, x=left, y=top, h=_PICTURE_HEIGHT, w=width, keep_aspect_ratio=True)
            line = top + _PICTURE_HEIGHT
            self.pdf.set_line_width(0.2)
            self.pdf.line(left, line, left + width, line)
            self.pdf.set_y(line + 1)
            self._small(left, width, 9, (each.name, each.role), align="L")
            left += width + 4
        if self.words.issuer:
            self._ink(self.words.ink)
            self.pdf.set_font("body", "", 10)
            self.pdf.set_xy(_EDGE, self.height - _EDGE - 5)
            self.pdf.multi_cell(self.width / 2 - _EDGE, 5, self.words.issuer, align="L")

    def _small(self, left: float, width: float, size: int, lines: Sequence[str], *, align: str) -> None:
        """Draws those lines below one another, from where the page has got to."""
        self.pdf.set_font("body", "", size)
        for each in lines:
            self.pdf.set_x(left)
            self.pdf.multi_cell(width, 4.2, each, align=align)


def _fonts(certificate: Certificate) -> tuple[Path, Path]:
    """Returns the small fonts where they hold every sign, as they do for most: reading the whole ones takes longest."""
    lines = [value for each in fields(certificate) if isinstance(value := getattr(certificate, each.name), str)]
    lines += [*certificate.sessions, *certificate.verify]
    lines += [words for each in certificate.signatories for words in (each.name, each.role)]
    return (REGULAR, BOLD) if _missing("".join(lines), LATIN_REGULAR) else (LATIN_REGULAR, LATIN_BOLD)


def _new_pdf(certificate: Certificate, width: float, height: float) -> "FPDF":
    from fpdf import FPDF  # noqa: PLC0415 - see above

    pdf = FPDF(unit="mm", format=(height, width), orientation="landscape")
    pdf.set_auto_page_break(False)
    pdf.set_margins(0, 0, 0)
    pdf.c_margin = 0
    regular, bold = _fonts(certificate)
    pdf.add_font("body", "", regular)
    pdf.add_font("body", "B", bold)
    if _missing(certificate.name, BOLD):  # read only where it is needed: it is as large as both others
        pdf.add_font("japanese", "B", JAPANESE)
        pdf.set_fallback_fonts(["japanese"], exact_match=False)
    if _RIGHT_TO_LEFT & {unicodedata.bidirectional(each) for each in certificate.name}:
        pdf.set_text_shaping(use_shaping_engine=True)  # Arabic letters join, and run from right to left
    pdf.set_title(certificate.title)
    pdf.set_lang(certificate.language)
    pdf.set_creator("Ciclo")
    pdf.set_creation_date(certificate.issued_at)
    pdf.add_page()
    return pdf
