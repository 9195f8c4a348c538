"""Folds typed names so that they can be compared: without capitals and accents, and by sound."""

import re
import unicodedata

# GeoNames and people write Saint John’s, St. John's and Saint Johns for the same town.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻ`´"))
_SHORT = {
    "st": "saint", "ste": "sainte", "sto": "santo", "sta": "santa", "sn": "san", "cd": "ciudad", "pto": "puerto",
    "gral": "general", "cnel": "coronel", "mt": "mount", "ft": "fort", "prov": "provincia", "edo": "estado",
}  # fmt: skip

# Sounds that Spanish, Portuguese and French share although they write them differently, in this order.
_SOUNDS = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("ph", "f"), ("sch|sh|tch|ch", "x"), ("c(?=[eiy])|z", "s"), ("qu(?=[ei])|[cq]", "k"), ("g(?=[eiy])|dj", "j"),
        ("gu(?=[ei])", "g"), ("h", ""), ("[vw]", "b"), ("ll|y", "i"), ("ou", "u"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


# Signs remembered: those of European languages, and not the million others that somebody may send.
MOST_SIGNS = 0x3000


class _Bare(dict[int, str]):
    """For str.translate(): accents go, letters and figures stay. Each sign is looked at once, when it is first seen."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        kept = "" if unicodedata.combining(sign) else sign if sign.isalnum() else " "
        return self.setdefault(code, kept) if code < MOST_SIGNS else kept


_BARE = _Bare()


def fold(text: str) -> str:
    """Returns small letters and figures without accents, one space for any run of other signs.

    It is "" when nothing is left.
    """
    small = text.casefold()
    if small.isascii() and small.replace(" ", "").isalnum():  # most names: five times as fast, which counts at start
        return " ".join(small.split())
    plain = unicodedata.normalize("NFKD", small.translate(_APOSTROPHES))
    return " ".join(plain.translate(_BARE).split())


def name_key(folded: str) -> str:
    """Returns a folded text with short forms written out and without spaces: "pto principe" gives "puertoprincipe"."""
    return "".join(_SHORT.get(word, word) for word in folded.split(" "))


def phonetic_key(key: str) -> str:
    """Returns roughly how a key is pronounced: "jinebra" and "ginebra" sound alike, so do "kito" and "quito"."""
    for pattern, letter in _SOUNDS:
        key = pattern.sub(letter, key)
    return key
