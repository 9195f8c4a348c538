"""Which links Telegram takes, and how it writes them."""

import re
from urllib.parse import urlsplit

_OWN = re.compile(r"(tg|ton|tonsite)://([\w.-]+)(.*)", re.IGNORECASE | re.DOTALL)
_USER = re.compile(r"tg://user\?id=(\d{1,15})", re.IGNORECASE)
_HOST = re.compile(r"[^\s/?#@:\[\]<>\"]+\.[^\s/?#@:\[\]<>\"]+|\[[0-9a-fA-F:.]+\]")


def checked_link(link: str) -> str | None:
    """Returns the link with its scheme and at least a path of "/"; None for what is no link to Telegram.

    Source: td/telegram/LinkManager.cpp, check_link: a host has a dot, so http://localhost is none.
    """
    link = link.strip()
    if own := _OWN.fullmatch(link):
        return f"{own[1].lower()}://{own[2]}{own[3]}"
    try:
        parts = urlsplit(link if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", link) else f"http://{link}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2].removesuffix(port)
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or re.search(r"\s", link):
        return None
    rest = link[link.index(parts.netloc) + len(parts.netloc) :]
    return f"{parts.scheme}://{parts.netloc.lower()}{rest if rest.startswith('/') else f'/{rest}'}"


def linked_user(link: str) -> int | None:
    """Returns the person that a tg://user?id=… link means."""
    match = _USER.fullmatch(link.strip())
    return int(match[1]) if match else None
