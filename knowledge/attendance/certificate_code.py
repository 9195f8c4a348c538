"""Codes of certificates: 80 bits by chance in letters and figures that cannot be mistaken, and a check sign. Pure."""

import secrets

# Crockford's: without I, L, O and U, which are taken for others or make words. Source: https://www.crockford.com/base32.html
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "–": None, "—": None, "_": None})
_BITS, _LENGTH, _GROUP = 80, 16, 4
_MOST_TYPED = 40


def new_code() -> str:
    """Returns a fresh code of 17 signs, the last of which checks the others."""
    number = secrets.randbits(_BITS)
    body = "".join(_SIGNS[(number >> 5 * place) & 31] for place in range(_LENGTH))
    return body + _check_sign(body)


def _check_sign(body: str) -> str:
    """Returns the sign by Luhn's rule for 32 signs: no single wrong sign, and hardly an exchange of two, is missed."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = _SIGNS.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return _SIGNS[-total % 32]


def read_code(typed: str) -> str | None:
    """Returns the code that was typed, whatever hyphens and capitals it has; None for what cannot be one."""
    if len(typed) > _MOST_TYPED:
        return None
    code = typed.strip().upper().translate(_READ_AS)
    if len(code) != _LENGTH + 1 or any(sign not in _SIGNS for sign in code):
        return None
    return code if _check_sign(code[:-1]) == code[-1] else None


def grouped(code: str) -> str:
    """Returns the code as it is printed: "4F7K-…-…-…-X"."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
