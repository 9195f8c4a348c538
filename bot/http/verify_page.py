"""The page /verify/CODE, for everybody: whether a certificate counts, the name as printed, the sessions."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.http.webhook_address import VERIFY
from db.engine.database import Database
from db.people import certificates
from db.people.certificates import IssuedCertificate
from knowledge.attendance.certificate_code import grouped, read_code
from knowledge.attendance.verification_card import verification_lines
from knowledge.programme.cycle import Cycle
from locales.localized import LANGUAGES, Language
from locales.reply import Value, text
from locales.translator import Reader, Translator

_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}
# So many codes are looked up at once: who tries thousands waits in this line, and holds up nothing of the bot's work.
_LOOKUPS = 2
_STYLE = (
    ":root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;"
    "padding:1.5rem 1rem;color:#1b1f24;background:#fff;overflow-wrap:anywhere}h1{font-size:1.35rem;margin:.2rem 0 1rem}"
    ".valid{border-left:.4rem solid #1a7f37;padding-left:.8rem}.other{border-left:.4rem solid #b35900;"
    "padding-left:.8rem}code{font-size:1rem}nav a{margin-right:1rem;color:#1f4e79}p{margin:.35rem 0}"
    "@media (prefers-color-scheme:dark){body{color:#f0f3f6;background:#16191d}nav a{color:#8ec7f5}}"
)


@dataclass
class VerifyPage:
    """Answers one code at a time. There is no list and no search.

    Nobody is locked out for wrong codes: behind a load balancer all callers have one address, and of 2 ** 80 codes none
    is found by trying. One whose check sign is wrong is not looked up.
    """

    database: Database
    cycle: Cycle
    translator: Translator
    lookups: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_LOOKUPS))

    def routes(self) -> list[Route]:
        """Returns the routes of the page."""
        return [Route(VERIFY, self._how, methods=["GET"]), Route(f"{VERIFY}/{{code}}", self._code, methods=["GET"])]

    async def _how(self, request: Request) -> Response:
        return self._page(request, [text("verify.page.how")], "", 200)

    async def _code(self, request: Request) -> Response:
        code = read_code(request.path_params["code"])
        found = await self._find(code) if code is not None else None
        if found is None or code is None:
            return self._page(request, [text("verify.unknown")], "", 404)
        lines = list(verification_lines(self.cycle, found))
        return self._page(request, lines, grouped(code), 200, valid=found.state == "valid")

    async def _find(self, code: str) -> IssuedCertificate | None:
        async with self.lookups, self.database.transaction() as tx:
            return await certificates.certificate_by_code(tx, code)

    def _page(
        self, request: Request, lines: Sequence[Value], code: str, status: int, *, valid: bool = False
    ) -> Response:
        language = _language(request)
        reader = self.translator.reader(language, self.cycle.zone)
        return HTMLResponse(_html(reader, language, lines, code, valid=valid), status, _HEADERS)


def _language(request: Request) -> Language:
    """Returns the language that the address or the browser asks for, the first of ours."""
    asked = [request.query_params.get("lang", ""), *request.headers.get("accept-language", "")[:200].split(",")]
    for each in asked:
        wanted = each.strip()[:2].lower()
        for language in LANGUAGES:
            if wanted == language:
                return language
    return "es"


def _html(reader: Reader, language: Language, lines: Sequence[Value], code: str, *, valid: bool) -> str:
    heading, *rest = [escape(reader.plain(each)) if each else "" for each in lines]
    title = escape(reader.plain(text("verify.page.title")))
    shown = "".join(f"<p>{each}</p>" for each in rest if each) + (f"<p><code>{escape(code)}</code></p>" if code else "")
    links = "".join(f'<a href="?lang={each}" lang="{each}">{each.upper()}</a>' for each in LANGUAGES)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width,initial-scale=1"><title>{title}</title><style>{_STYLE}</style>'
        f'<body><main class="{"valid" if valid else "other"}"><p>{title}</p><h1>{heading}</h1>{shown}</main>'
        f"<nav><p>{links}</p></nav></body></html>"
    )
