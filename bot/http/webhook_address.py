"""Validates a token, a webhook's address and its secret before Telegram has to refuse them."""

import re
from urllib.parse import urlsplit

# The bot's id and 35 signs; one more or less is left to Telegram. Source: https://core.telegram.org/bots/api#authorizing-your-bot
TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{30,64}")
# A rehearsal's or another server's may be shorter.
LOCAL_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
# Source: https://core.telegram.org/bots/api#setwebhook
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_PORTS = (443, 80, 88, 8443)
VERIFY = "/verify"
_OURS = ("/healthz", "/readyz", "/metrics", VERIFY)
# Telegram's own server in --local mode, and a rehearsal, call this machine without a certificate.
_HERE = ("127.0.0.1", "localhost")


def webhook_url(value: str) -> str:
    """Returns the address if it can be used; "" for none. Raises ValueError that says what to write."""
    if not value:
        return ""
    read = urlsplit(value)
    here = read.scheme == "http" and read.hostname in _HERE
    if not read.hostname or (read.scheme != "https" and not here):
        raise ValueError("write it like https://bot.example.org/telegram: Telegram calls https only")
    if not here and (read.port or 443) not in _PORTS:
        raise ValueError("Telegram calls the ports 443, 80, 88 and 8443 only")
    if read.path in _OURS or read.path.startswith(f"{VERIFY}/"):
        raise ValueError(f"{read.path} is taken; choose another path")
    return value


def public_url(value: str) -> str:
    """Returns the address of the pages for everybody, without a stroke at its end; "" for none.

    Raises ValueError that says what to write.
    """
    if not value:
        return ""
    read = urlsplit(value)
    here = read.scheme == "http" and read.hostname in _HERE
    if not read.hostname or (read.scheme != "https" and not here) or read.query or read.fragment:
        raise ValueError("write it like https://bot.example.org: people's phones open it")
    return value.rstrip("/")
