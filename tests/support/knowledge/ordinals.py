"""The words for the first to the fourth session, in the four languages."""

from collections.abc import Sequence

from locales.localized import Language

ORDINALS: dict[Language, Sequence[str]] = {
    "es": ("primera", "segunda", "tercera", "cuarta"),
    "pt": ("primeira", "segunda", "terceira", "quarta"),
    "en": ("first", "second", "third", "fourth"),
    "fr": ("première", "deuxième", "troisième", "quatrième"),
}
