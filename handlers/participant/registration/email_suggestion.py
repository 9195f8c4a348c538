"""Suggests the e-mail address that was meant, where the one that was typed has a common slip. Pure; asks no network."""

from rapidfuzz.distance import OSA

# Mail services that many people have: a domain that is nearly one of these, and none of them, is likely a slip.
_SERVICES = (
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.es", "hotmail.fr", "hotmail.com.ar", "hotmail.com.br",
    "outlook.com", "outlook.es", "outlook.fr", "outlook.com.ar", "outlook.com.br", "live.com", "live.com.ar",
    "live.com.mx", "live.fr", "msn.com", "yahoo.com", "yahoo.es", "yahoo.fr", "yahoo.com.ar", "yahoo.com.br",
    "yahoo.com.mx", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "mail.com", "email.com", "gmx.com",
    "gmx.net", "proton.me", "protonmail.com", "zoho.com", "yandex.com", "uol.com.br", "bol.com.br", "terra.com.br",
)  # fmt: skip
# Endings that do not exist, and what they stand for. Source: https://data.iana.org/TLD/tlds-alpha-by-domain.txt
_ENDINGS = {
    **dict.fromkeys(("con", "cmo", "ocm", "comm", "coom", "cim", "vom", "xom", "c0m", "copm"), "com"),
    **dict.fromkeys(("orgg", "ogr", "rog", "prg", "orh", "ort"), "org"),
    **dict.fromkeys(("nte", "nett", "ner"), "net"),
    **dict.fromkeys(("eduu", "deu", "edi"), "edu"),
    **dict.fromkeys(("itn", "intt"), "int"),
}
_SHORT, _ONE_SLIP, _TWO_SLIPS = 9, 1, 2  # letters; letters that differ


def suggest_email(address: str) -> str | None:
    """Returns the address that was likely meant; None where nothing looks like a slip."""
    name, _, domain = address.rpartition("@")
    meant = _near_service(domain) or _with_known_ending(domain)
    return None if meant is None or meant == domain else f"{name}@{meant}"


def _with_known_ending(domain: str) -> str | None:
    rest, _, ending = domain.rpartition(".")
    return f"{rest}.{_ENDINGS[ending]}" if ending in _ENDINGS else None


def _near_service(domain: str) -> str | None:
    if domain in _SERVICES:
        return None
    most = _ONE_SLIP if len(domain) <= _SHORT else _TWO_SLIPS
    near = [(OSA.distance(domain, each), place) for place, each in enumerate(_SERVICES)]
    distance, place = min(near)
    return _SERVICES[place] if distance <= most else None
