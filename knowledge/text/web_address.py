"""Validates web addresses that organizers type: https, a public host name, no credentials. Pure."""

import re
import unicodedata
from urllib.parse import urlsplit

LONGEST_ADDRESS = 700  # four of them fit one message
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NEVER = re.compile(r"[\s<>\"\\^`{|}]")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zs", "Zl", "Zp"})


class WebAddressError(ValueError):
    """It cannot be used; `reason` says why: long, spaces, https, credentials, host."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def validate_address(words: str) -> str:
    """Returns the address, its host in the letters that cannot be mistaken for others. Raises WebAddressError."""
    address = words.strip()
    if len(address) > LONGEST_ADDRESS:
        raise WebAddressError("long")
    if _NEVER.search(address) or any(unicodedata.category(sign) in _INVISIBLE for sign in address):
        raise WebAddressError("spaces")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise WebAddressError("host") from None
    if parts.scheme != "https":
        raise WebAddressError("https")
    if "@" in parts.netloc:
        raise WebAddressError("credentials")
    rest = address[address.index(parts.netloc, len("https:")) + len(parts.netloc) :] if parts.netloc else ""
    return f"https://{_ascii_host(host)}{f':{port}' if port else ''}{rest}"


def _ascii_host(host: str) -> str:
    """Returns a name with a dot, never a number of a machine: those lead into somebody's own network."""
    try:
        plain = host.encode("idna").decode().lower()
    except UnicodeError:
        raise WebAddressError("host") from None
    labels = plain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels) or not labels[-1][0].isalpha():  # noqa: PLR2004 - a name and what it is in
        raise WebAddressError("host")
    return plain
