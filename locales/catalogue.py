"""Reads the sentences of the four languages from their gettext catalogues."""

import gettext
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from locales.localized import LANGUAGES, Language

_FOLDER = Path(__file__).parent
# Brazilian rules for Portuguese (its plural at 0 differs from Portugal's), British ones for English, as the UN writes.
LOCALES: Mapping[Language, str] = {"es": "es", "pt": "pt_BR", "en": "en_GB", "fr": "fr"}


class CatalogueError(Exception):
    """A language file cannot be read."""


def read_catalogue(language: Language) -> Catalog:
    """Reads one language's sentences, as Babel reads them. Raises CatalogueError."""
    path = _FOLDER / language / "LC_MESSAGES" / "ciclo.po"
    try:
        with path.open("rb") as file:
            return read_po(file, locale=LOCALES[language], abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        raise CatalogueError(f"locales/{language}: {error}") from error


@cache
def load_catalogues() -> Mapping[Language, gettext.NullTranslations]:
    """Loads every language's sentences, ready to be looked up.

    Read once, for they do not change while a process runs.
    """
    return {language: CatalogueTranslations(read_catalogue(language)) for language in LANGUAGES}


class CatalogueTranslations(gettext.NullTranslations):
    """What GNUTranslations makes of a compiled catalogue, without compiling one: a dictionary and a plural rule."""

    def __init__(self, catalogue: Catalog) -> None:
        super().__init__()
        said = [each for each in catalogue if each.id and each.string and not each.fuzzy]
        self._one = {str(each.id): str(each.string) for each in said if not each.pluralizable}
        self._forms = {each.id[0]: tuple(each.string or ()) for each in said if each.pluralizable}
        self._form: Callable[[int], int] = gettext.c2py(catalogue.plural_expr)

    def gettext(self, message: str) -> str:
        """Returns the sentence; the key itself where there is none."""
        found = self._one.get(message)
        return found if found is not None else self._forms.get(message, (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Returns the sentence in the form that this number takes."""
        forms = self._forms.get(msgid1)
        if forms is None:
            return msgid1 if n == 1 else msgid2
        return forms[self._form(n)]
