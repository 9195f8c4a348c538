"""Reads the sentences of the four languages."""

import gettext
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from locales.localized import LANGUAGES, Language

_FOLDER = Path(__file__).parent
# Brazilian rules for Portuguese (its plural at 0 differs from Portugal's), British ones for English, as the UN writes.
LOCALES: Mapping[Language, str] = {"es": "es", "pt": "pt_BR", "en": "en_GB", "fr": "fr"}


class CatalogueError(Exception):
    """A language file cannot be read."""


def read_catalogue(language: Language) -> Catalog:
    """One language's sentences, as Babel reads them. Raises CatalogueError."""
    path = _FOLDER / language / "LC_MESSAGES" / "ciclo.po"
    try:
        with path.open("rb") as file:
            return read_po(file, locale=LOCALES[language], abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        raise CatalogueError(f"locales/{language}: {error}") from error


@cache
def load_catalogues() -> Mapping[Language, gettext.GNUTranslations]:
    """Every language's sentences, ready to be looked up; read once, for they do not change while a process runs."""
    return {language: _compiled(read_catalogue(language)) for language in LANGUAGES}


def _compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    binary = BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return gettext.GNUTranslations(binary)
