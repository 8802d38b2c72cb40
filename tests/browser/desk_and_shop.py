"""A real desk and a shop's site on loopback: two origins, as in life."""

from html import escape

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ..unit.desk.running import Desk, Running, eventually  # noqa: F401 for this folder's tests

HOSTILE = """
* { all: unset !important; color: lime !important; font: 40px/1 fantasy !important; direction: ltr !important;
    transform: rotate(20deg) !important; transition: all 9s !important; }
html { font-size: 5px !important; --accent: lime; --paper: lime; --ink: lime; --bubble: lime; letter-spacing: 1em; }
button, textarea, dialog, p { display: none !important; position: static !important; width: 3px !important; }
jawab-widget { display: none !important; position: static !important; opacity: 0 !important; filter: blur(9px) !important; }
"""


def shop_site():
    """Pages of a shop: `/{kind}?shop=&lang=&…`, kinds plain, hostile and strict; the rest goes to the script tag."""

    async def page(request):
        kind = request.path_params["kind"]
        given = dict(request.query_params)
        desk, lang = given.pop("desk"), given.get("lang", "fa")
        tag = "".join(f' data-{name}="{escape(value)}"' for name, value in given.items())
        style = f"<style>{HOSTILE}</style>" if kind == "hostile" else ""
        words = "".join(
            f"<p>کالای {number} <a href='#{number}'>دیدن</a></p>" for number in range(60)
        )
        hooks = (
            '<button id="buy" type="button">خرید</button>'
            '<a id="ask" href="#" data-jawab-open data-jawab-text="سایز ۴۲ دارید؟">بپرسید</a>'
        )
        html = (
            f'<!doctype html><html lang="{lang}" dir="{"ltr" if lang == "en" else "rtl"}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><title>shop</title>'
            f'{style}<script src="{desk}/widget.js"{tag} defer></script></head>'
            f"<body><main><h1>shop</h1>{hooks}{words}</main></body></html>"
        )
        headers = {}
        if kind == "strict":
            headers["Content-Security-Policy"] = (
                f"default-src 'none'; script-src {desk}; connect-src {desk}; img-src {desk}"
            )
        return HTMLResponse(html, headers=headers)

    async def nothing(request):
        return Response(status_code=204)

    return Starlette(routes=[Route("/favicon.ico", nothing), Route("/{kind}", page)])
