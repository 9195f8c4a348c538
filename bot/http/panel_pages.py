"""Serves the big-screen page of a panel and its hand-off sheet, behind a secret link: /panel/<token>."""

import html
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.http.panel_feed import Panel, PanelFeed, TooManyViewersError
from locales.localized import LANGUAGES, Language
from locales.reply import Text, text
from locales.translator import Translator

_FILES = Path(__file__).parent / "screen"
_ASSETS = {"screen.css": "text/css", "screen.js": "text/javascript"}
_CONTENT = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": _CONTENT + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    # The address is the secret: no other site may see it.
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}
_THEMES = ("light", "dark")
_AGAIN_SECONDS = "5"


@dataclass(frozen=True)
class _Pages:
    """Answers the requests; nothing tells a wrong secret from a withdrawn one."""

    feed: PanelFeed

    async def page(self, request: Request) -> Response:
        """Returns the page, as the panel is now."""
        panel = await self.feed.read(request.path_params["token"], _language(request))
        return _not_there() if panel is None else _html(_page(panel, request, self.feed.translator))

    async def sheet(self, request: Request) -> Response:
        """Returns the hand-off sheet, to be printed."""
        panel = await self.feed.read(request.path_params["token"], _language(request))
        return _not_there() if panel is None else _html(_sheet(panel, self.feed.translator))

    async def events(self, request: Request) -> Response:
        """Returns the stream of changes; 503 where as many watch as may."""
        token, language = request.path_params["token"], _language(request)
        try:
            watched = await self.feed.enter(token, language)
        except TooManyViewersError:
            return PlainTextResponse("busy", 503, {**_HEADERS, "retry-after": _AGAIN_SECONDS})
        if watched is None:
            return _not_there()
        return _stream(self.feed, watched, self.feed.stream(token, language))

    async def asset(self, request: Request) -> Response:
        """Returns one of the two files that the page needs."""
        name = request.path_params["name"]
        if name not in _ASSETS:
            return _not_there()
        headers = {**_HEADERS, "cache-control": "no-cache"}
        return FileResponse(_FILES / name, media_type=_ASSETS[name], headers=headers)


def panel_routes(feed: PanelFeed) -> list[Route]:
    """Returns the routes: the page, its events, the sheet, and the two files that the page needs."""
    pages = _Pages(feed)
    return [
        Route("/panel/assets/{name}", pages.asset),
        Route("/panel/{token}", pages.page),
        Route("/panel/{token}/sheet", pages.sheet),
        Route("/panel/{token}/events", pages.events),
    ]


def _language(request: Request) -> Language | None:
    asked = request.query_params.get("lang")
    return next((code for code in LANGUAGES if code == asked), None)


def _not_there() -> Response:
    return PlainTextResponse("Not Found", 404, _HEADERS)


def _html(content: str) -> Response:
    return HTMLResponse(content, headers=_HEADERS)


def _stream(feed: PanelFeed, watched: int, events: AsyncIterator[str]) -> Response:
    left: list[bool] = []

    def leave() -> None:
        if not left:  # once, whichever way it ends
            left.append(True)
            feed.leave(watched)

    async def counted() -> AsyncIterator[str]:
        try:
            async for event in events:
                yield event
        finally:
            leave()

    headers = {**_HEADERS, "x-accel-buffering": "no"}
    return StreamingResponse(
        counted(), media_type="text/event-stream", headers=headers, background=BackgroundTask(leave)
    )


def _everywhere(translator: Translator, key: str, **values: Any) -> str:  # noqa: ANN401 - a sentence's values
    """Returns a heading in the four languages, each marked with its own."""
    said = {code: translator.reader(code, None).render(Text(key, values)) for code in LANGUAGES}
    seen = {words: code for code, words in reversed(said.items())}  # what is the same word is there once
    return " · ".join(f'<span lang="{code}">{words}</span>' for words, code in sorted(seen.items(), key=_first))


def _first(each: tuple[str, Language]) -> int:
    return LANGUAGES.index(each[1])


def _entry(entry: Mapping[str, Any]) -> str:
    words = f'<p class="words" lang="{entry["language"]}" dir="auto">{html.escape(entry["words"])}</p>'
    original = entry["original"]
    below = f'<p class="original" lang="{entry["spoken"]}" dir="auto">{html.escape(original)}</p>' if original else ""
    who = f'<span class="who" dir="auto">{html.escape(entry["who"])}</span>' if entry["who"] else ""
    language = f'<span class="language">{entry["spoken"].upper()}</span>'
    votes = f'<span class="votes"><span class="count">{entry["votes"]}</span></span>'
    return f'{words}{below}<p class="about">{votes}{language}{who}</p>'


def _head(title: str, assets: str) -> str:
    """Returns what stands in the head of both pages; `assets` is where their files are from there."""
    return f"""<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{assets}/screen.css">"""


def _page(panel: Panel, request: Request, translator: Translator) -> str:
    theme = request.query_params.get("theme")
    chosen = f' data-theme="{theme}"' if theme in _THEMES else ""
    language = _language(request) or "es"
    heading = _everywhere(translator, "panel.screen.heading", number=panel.number)
    name = translator.reader(language, None).plain(text("panel.screen.heading", number=panel.number))
    title = f'<p class="title" lang="{language}">{html.escape(panel.title)}</p>'
    return f"""<!doctype html>
<html lang="{language}"{chosen}>
<head>
{_head(name, "assets")}
<meta name="color-scheme" content="light dark">
<script src="assets/screen.js" defer></script>
</head>
<body>
<header><h1>{heading}</h1>{title}</header>
{_main(panel, translator)}
</body>
</html>
"""


def _main(panel: Panel, translator: Translator) -> str:
    """Returns what the script changes from here on."""
    keys = ("panel.screen.now", "panel.screen.next", "panel.screen.nothing", "panel.screen.gone", "panel.screen.lost")
    words = {key.rpartition(".")[2]: _everywhere(translator, key) for key in keys}
    now, listed = panel.now, "".join(f"<li>{_entry(each)}</li>" for each in panel.listed)
    return f"""<main aria-live="polite">
<section id="now"{"" if now else " hidden"}><h2>{words["now"]}</h2><div id="asked">{_entry(now) if now else ""}</div>
</section>
<section id="next"{"" if panel.listed else " hidden"}><h2>{words["next"]}</h2><ol id="list">{listed}</ol>
<p id="more" hidden></p></section>
<p id="nothing"{" hidden" if now or panel.listed else ""}>{words["nothing"]}</p>
</main>
<p id="lost" role="status" hidden>{words["lost"]}</p>
<p id="gone" role="status" hidden>{words["gone"]}</p>"""


def _sheet(panel: Panel, translator: Translator) -> str:
    heading = _everywhere(translator, "panel.screen.heading", number=panel.number)
    asked = [panel.now] if panel.now else []
    rows = "".join(f"<li>{_entry(each)}{_translations(each)}</li>" for each in (*asked, *panel.listed))
    nothing = "" if rows else f"<p>{_everywhere(translator, 'panel.screen.nothing')}</p>"
    return f"""<!doctype html>
<html lang="es" data-theme="light">
<head>
{_head(panel.title, "../assets")}
</head>
<body class="sheet">
<header><h1>{heading}</h1><p class="title" lang="es">{html.escape(panel.title)}</p></header>
<main><ol>{rows}</ol>{nothing}</main>
</body>
</html>
"""


def _translations(entry: Mapping[str, Any]) -> str:
    """Returns the team's translations below a question on the sheet: for whoever reads it out."""
    found: Mapping[str, str] = entry["translations"]
    return "".join(
        f'<p class="original" lang="{code}" dir="auto"><span class="language">{code.upper()}</span> '
        f"{html.escape(words)}</p>"
        for code, words in found.items()
    )
