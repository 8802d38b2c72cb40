"""The questions by topic, with the shop's answers of this moment: /faq and /faq/{shop}."""

import base64
import hashlib
import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from jawab.desk.edge import CONTENT_SECURITY_POLICY
from jawab.desk.languages import preferred
from jawab.desk.rendering import page, profile_of
from jawab.desk.services import Desk, Services
from jawab.desk.shops import in_order
from jawab.text import lexicon
from jawab.text.language import Lang

# Keys of words.yml without their `page_`.
FAQ_WORDS = (
    *("faq_title", "faq_lead", "faq_search", "faq_results", "faq_nothing", "faq_top", "faq_topics"),
    *(
        "faq_copy",
        "faq_copied",
        "faq_ask_title",
        "faq_ask_text",
        "faq_ask",
        "faq_ticket",
        "faq_skip",
    ),
)
CHOICE_WORDS = ("faq_choose",)

router = APIRouter(include_in_schema=False)


@router.get("/faq")
async def choose_shop(request: Request, desk: Desk, lang: Lang | None = None) -> HTMLResponse:
    """Links to each shop's questions."""
    spoken = lang or preferred(request.headers.get("accept-language", "")) or Lang.EN
    shops = [
        {"id": shop.id, "name": shop.name[spoken], "href": f"/faq/{shop.id}?lang={spoken.value}"}
        for shop in desk.knowledge.shops.values()
    ]
    return page(
        request, desk, "shops.html", spoken, words=CHOICE_WORDS, shops=shops, line="faq_choose"
    )


@router.get("/faq/{shop}")
def questions(  # in a thread: a page takes 25 ms to make
    shop: str, request: Request, desk: Desk, lang: Annotated[Lang | None, Query()] = None
) -> HTMLResponse:
    """A shop's questions by topic, each with a link of its own, searched without asking the server."""
    profile = profile_of(desk, shop)
    spoken = lang or profile.language
    now = desk.clock()
    answers = {
        id: desk.knowledge.answer(id, shop=shop, lang=spoken, now=now)
        for id in desk.knowledge.questions
    }
    data = structured(desk, answers, spoken)
    return page(
        request,
        desk,
        "faq.html",
        spoken,
        words=FAQ_WORDS,
        shop=shop,
        headers={"Content-Security-Policy": allowing(data)},
        name=profile.name[spoken],
        topics=in_order(desk.knowledge),
        questions=desk.knowledge.questions,
        top=profile.top_questions,
        answers=answers,
        keywords=desk.keywords.of(spoken),
        letters=dict(lexicon.section("characters", spoken.value)),
        structured=Markup(data),  # noqa: S704 made and escaped below
    )


def structured(desk: Services, answers: dict[str, str], lang: Lang) -> str:
    """The questions as search engines read them, safe inside a script element.

    https://schema.org/FAQPage
    """
    page = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": lang.value,
        "mainEntity": [
            {
                "@type": "Question",
                "@id": f"#{id}",
                "name": desk.knowledge.questions[id].title[lang],
                "acceptedAnswer": {"@type": "Answer", "text": answer.strip()},
            }
            for id, answer in answers.items()
        ],
    }
    written = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def allowing(inline: str) -> str:
    """The usual policy, and this one piece inside a script element."""
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    return f"{CONTENT_SECURITY_POLICY}; script-src 'self' 'sha256-{digest}'"
