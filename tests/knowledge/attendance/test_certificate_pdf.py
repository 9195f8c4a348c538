"""A certificate as a reader opens it: every name whole, one page, on either paper. (The pictures were looked at.)"""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from knowledge.attendance import certificate_pdf
from knowledge.attendance.certificate_pdf import Certificate, Signatory, draw_certificate, unprintable_signs
from locales.fonts import BOLD, REGULAR
from tests.support.thorough import one_in

NAMES = (
    "María-José Fernández-Villaseñor Núñez",
    "João Conceição d'Ávila Muñoz Noël Éloïse",
    "Nuala O’Ñeill",
    "Ñ",
    "Maximiliano Wenceslao de la Santísima Trinidad Fernández-Rodrígu",
    "W" * 64,
    "山田 太郎",
    "山" * 64,
    "Анна Кузнецова",
)


def certificate(name: str, *, sessions: int = 4, signatories: tuple[Signatory, ...] = ()) -> Certificate:
    return Certificate(
        language="es",
        title="Constancia de asistencia",
        certifies="Se deja constancia de que",
        name=name,
        attended="asistió a estas sesiones del ciclo:",
        cycle="Ciclo de sesiones de intercambio de buenas prácticas en la implementación del Pacto Mundial",
        sessions=[
            f"Sesión {each} · Un título que ocupa casi toda la línea de la hoja · 23 de octubre"
            for each in range(sessions)
        ],
        total="Duración de las sesiones, en total: 6 horas",
        issuer="Equipo organizador del ciclo",
        issued="Emitida: jueves 14 de noviembre de 2024",
        verify=["Se verifica con la cámara, o con /verificar en t.me/ciclo_bot"],
        code="4F7K-0000-0000-0000-X",
        address="https://t.me/ciclo_bot?start=v4F7K000000000000X",
        issued_at=datetime(2024, 11, 14, tzinfo=UTC),
        signatories=signatories,
    )


def text_of(pdf: bytes) -> str:
    (page,) = pypdfium2.PdfDocument(pdf)
    return unicodedata.normalize("NFKC", "".join(page.get_textpage().get_text_range().split()))


@pytest.mark.parametrize("name", one_in(2, NAMES))
def test_every_name_is_printed_whole_on_one_page(name: str) -> None:
    assert unprintable_signs(name) == ""
    shown = text_of(draw_certificate(certificate(name), "a4"))
    assert "".join(name.split()) in shown
    assert "4F7K-0000-0000-0000-X" in shown
    assert "6horas" in shown


_WORDS = ("title", "certifies", "attended", "cycle", "total", "issuer", "issued")


@pytest.mark.parametrize("part", one_in(2, [*_WORDS, "sessions", "verify", "signatories"]))
def test_a_sign_beyond_latin_is_printed_wherever_it_stands(part: str) -> None:
    plain = certificate("Ana")
    beyond = {"sessions": ["Дом"], "verify": ["Дом"], "signatories": (Signatory("Eva", "Дом"),)}.get(part, "Дом")
    changed = replace(plain, **{part: beyond})  # type: ignore[arg-type]
    assert "Дом" in text_of(draw_certificate(changed, "a4"))


def test_the_small_fonts_draw_what_the_whole_ones_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    def picture() -> bytes:
        (page,) = pypdfium2.PdfDocument(draw_certificate(certificate(NAMES[1]), "a4"))
        drawn: bytes = page.render(scale=1).to_pil().convert("L").tobytes()
        return drawn

    small = picture()
    monkeypatch.setattr(certificate_pdf, "LATIN_REGULAR", REGULAR)
    monkeypatch.setattr(certificate_pdf, "LATIN_BOLD", BOLD)
    assert picture() == small


def test_arabic_is_joined_and_none_of_it_is_missing() -> None:
    """The letters are shaped, so a reader finds the forms of presentation; the picture was looked at."""
    assert unprintable_signs("محمد عبد الله") == ""
    (page,) = pypdfium2.PdfDocument(draw_certificate(certificate("محمد عبد الله"), "letter"))
    drawn = page.render(scale=0.5).to_pil().convert("L")
    name_line = drawn.crop((0, int(drawn.height * 0.19), drawn.width, int(drawn.height * 0.27)))
    assert min(name_line.getdata()) < 100, "something dark stands where the name belongs"


@pytest.mark.parametrize("sessions", [1, 12, 30])
def test_many_sessions_stay_on_the_page(sessions: int) -> None:
    shown = text_of(draw_certificate(certificate("Ana", sessions=sessions), "letter"))
    assert all(f"Sesión{each}·" in shown for each in range(sessions))


def test_two_signatories_stand_beside_each_other() -> None:
    people = (Signatory("Eva Luz", "Coordinación"), Signatory("Juan Mar", "Secretaría"))
    shown = text_of(draw_certificate(certificate("Ana", signatories=people), "a4"))
    assert "EvaLuz" in shown
    assert "Secretaría" in shown


def test_signs_that_no_font_holds_are_named() -> None:
    assert unprintable_signs("Ana 𒀀𒀀 𒁀") == "𒀀𒁀"
    assert unprintable_signs("n\u0303") == "", "composed first"
