"""Babel's data of our languages without what nobody here says: units, currencies, other languages' names; 4 MB."""

from functools import cache
from typing import Any, Literal, cast

from babel import localedata
from babel.core import get_global

# Parents first: a language begins as a copy of its parent.
_OURS = ("root", "en", "en_001", "en_GB", "es", "pt", "pt_BR", "fr")
_UNSAID = (
    "unit_patterns",
    "unit_display_names",
    "compound_unit_patterns",
    "currency_names",
    "currency_names_plural",
    "currency_symbols",
    "compact_currency_formats",
    "compact_decimal_formats",
    "interval_formats",
    "scripts",
    "variants",
    "meta_zones",
)
# For locales that Babel has no data of, and for money.
_Unasked = Literal["likely_subtags", "territory_languages", "territory_currencies", "all_currencies"]
_UNASKED: tuple[_Unasked, ...] = ("likely_subtags", "territory_languages", "territory_currencies", "all_currencies")


@cache
def leave_out_the_unsaid() -> None:
    """Before anything is said; once a process."""
    for name in _OURS:
        data = localedata.load(name)
        for key in _UNSAID:
            data.pop(key, None)
    for key in _UNASKED:
        cast("dict[str, Any]", get_global(key)).clear()
