"""Splits one message with many details of a session into its fields, by their names in four languages. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.programme.details_parser import DetailParseError, parse_detail
from knowledge.programme.session_details import DetailField
from knowledge.text.spelling import fold
from locales.reply import Value

_NAMES: Mapping[DetailField, str] = {
    "link": "enlace enlaces link liga lien conexion enlace de conexion",
    "platform": "plataforma platform plateforme",
    "interpretation": "interpretacion interpretacao interpretation idioma idiomas lingua linguas language languages "
    "langue langues",
    "panelists": "panelista panelistas exponen ponente ponentes expositores expositoras oradores oradoras painelista "
    "painelistas palestrantes panelist panelists panellist panellists speaker speakers paneliste panelistes "
    "intervenant intervenants intervenantes orateurs oratrices",
    "practices": "practica practicas pratica praticas practice practices pratique pratiques",
    "materials": "material materiales materiais materials documento documentos document documents",
    "recording": "grabacion gravacao recording enregistrement video",
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split()}
_HEADED = re.compile(r"^\W*(?P<name>[^\W\d_]+)\s*(?P<colon>[:：])?\s*(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class ReadDetails:
    """What was understood, what cannot be kept and why, and the lines that belong to nothing."""

    values: Mapping[DetailField, Any]
    problems: Mapping[DetailField, Value]
    unread: tuple[str, ...]


def parse_details_message(words: str) -> ReadDetails:
    """Reads such a message: a line "name: value" begins a field, the lines below belong to it.

    One named twice is one.
    """
    found: dict[DetailField, list[str]] = {}
    unread: list[str] = []
    field: DetailField | None = None
    for line in filter(None, map(str.strip, words.splitlines())):
        begun, rest = _field_and_rest(line)
        field = begun or (field if field in _MANY_LINES else None)
        if field is None:
            unread.append(line)
        else:
            found.setdefault(field, []).extend([rest] if rest else [])
    return _parse_each(found, unread)


# The rest hold one line each: what stands below belongs to nothing.
_MANY_LINES: frozenset[DetailField | None] = frozenset({"panelists", "practices", "materials"})


def _field_and_rest(line: str) -> tuple[DetailField | None, str]:
    """Splits "Enlace: https://…", "enlace https://…", "PANELISTAS"; a name within a sentence begins nothing."""
    match = _HEADED.match(line)
    field = _FIELD_OF.get(fold(match["name"])) if match is not None else None
    if match is None or field is None:
        return None, line
    begins = match["colon"] or not match["rest"] or match["rest"].startswith("https://")
    return (field, match["rest"]) if begins else (None, line)


def _parse_each(found: Mapping[DetailField, list[str]], unread: list[str]) -> ReadDetails:
    values: dict[DetailField, Any] = {}
    problems: dict[DetailField, Value] = {}
    for field, written in found.items():
        lines = written
        if field == "materials":  # one line without an address must not lose the others
            lines = [line for line in written if _is_material(line)]
            unread.extend(line for line in written if lines and line not in lines)
        try:
            values[field] = parse_detail(field, "\n".join(lines or written))
        except DetailParseError as error:
            problems[field] = error.problem
    return ReadDetails(values, problems, tuple(unread))


def _is_material(line: str) -> bool:
    try:
        parse_detail("materials", line)
    except DetailParseError:
        return False
    return True
