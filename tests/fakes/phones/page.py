"""The page with the phones: what each shows, as server-sent events, and what is done with it."""

import asyncio
import json
from pathlib import Path

import httpx
import yaml
from jinja2 import Environment, FileSystemLoader, select_autoescape
from sse_starlette import EventSourceResponse
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

HERE = Path(__file__).parent
WORDS = yaml.safe_load((HERE / "words.yml").read_text("utf-8"))
LANGS = {"fa": "فارسی", "ar": "العربية", "en": "English"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
SOMEBODY_ELSE = "989350000000"
LOOK_SECONDS = 0.1


class Page:
    """Phones by their apps; `renew(app)` gives another customer's."""

    def __init__(self, renew, apps):
        self._renew = renew
        self.phones = {app: renew(app) for app in apps}
        self._templates = Environment(loader=FileSystemLoader(HERE), autoescape=select_autoescape())
        self.routes = [
            Route("/", self._page),
            Route("/favicon.ico", self._nothing),
            Route("/phones.js", self._file),
            Route("/phones.css", self._file),
            Route("/phones/{app}/events", self._events),
            Route("/phones/{app}/files/{entry:int}", self._content),
            Route("/phones/{app}/{verb}", self._do, methods=["POST"]),
        ]

    def _page(self, request):
        lang = request.query_params.get("lang", "fa")
        lang = lang if lang in LANGS else "fa"
        html = self._templates.get_template("phones.html").render(
            lang=lang,
            langs=LANGS,
            dir="ltr" if lang == "en" else "rtl",
            words={key: said[lang] for key, said in WORDS.items()},
            phones=self.phones,
        )
        return HTMLResponse(html, headers=HEADERS)

    def _nothing(self, request):
        return Response(status_code=204)

    def _file(self, request):
        return FileResponse(HERE / request.url.path[1:], headers=HEADERS)

    def _content(self, request):
        phone = self.phones.get(request.path_params["app"])
        place = request.path_params["entry"] - 1
        entries = phone.entries if phone else ()
        if not 0 <= place < len(entries) or entries[place].content is None:
            return Response(status_code=404)
        return Response(entries[place].content, headers=HEADERS)

    async def _events(self, request):
        app = request.path_params["app"]

        async def states():
            shown = None
            while True:
                state = await asyncio.to_thread(_state, app, self.phones[app])
                if state != shown:
                    shown = state
                    yield {"data": json.dumps(state, ensure_ascii=False)}
                await asyncio.sleep(LOOK_SECONDS)

        if app not in self.phones:
            return Response(status_code=404)
        return EventSourceResponse(states())

    async def _do(self, request):
        app, verb = request.path_params["app"], request.path_params["verb"]
        if app not in self.phones or verb not in _VERBS:
            return Response(status_code=404)
        # A form or a page from elsewhere cannot send this header unasked.
        if request.headers.get("x-phone") != app:
            return Response(status_code=403)
        body = await request.body()
        try:
            await asyncio.to_thread(self._done, app, verb, body)
        except (httpx.HTTPError, OSError):
            return JSONResponse({"problem": "unreachable"}, 503)
        return Response(status_code=204)

    def _done(self, app, verb, body):
        if verb == "renew":
            self.phones[app] = self._renew(app)
        elif verb == "photo":
            self.phones[app].photo(body)
        else:
            _VERBS[verb](self.phones[app], json.loads(body or b"{}"))


_VERBS = {
    "say": lambda phone, given: phone.say(given["text"]),
    "tap": lambda phone, given: phone.tap(given["id"]),
    "edit": lambda phone, given: phone.edit(given["entry"], given["text"]),
    "share": lambda phone, given: phone.share_number(SOMEBODY_ELSE if given.get("other") else None),
    "block": lambda phone, given: phone.block(given["blocked"]),
    "photo": None,
    "renew": None,
}


def _state(app, phone):
    return {
        "blocked": phone.blocked,
        "keypad": [_choice(one) for one in phone.keypad],
        "entries": [_entry(app, one) for one in phone.entries],
    }


def _entry(app, entry):
    file = f"/phones/{app}/files/{entry.id}" if entry.content is not None else None
    return {
        "id": entry.id,
        "mine": entry.mine,
        "text": entry.text,
        "file": file,
        "name": entry.name,
        "choices": [_choice(one) for one in entry.choices],
        "label": entry.label,
        "edited": entry.edited,
    }


def _choice(choice):
    return {"id": choice.id, "title": choice.title}
