"""The widget as a guest: a hostile style sheet, a strict policy, the shop's colour, its scripts, long transcripts."""

from datetime import datetime, timezone

import pytest

from jawab.support.tables import messages

ORIGIN = {"Access-Control-Allow-Origin": "*"}
SHOP_COLOURS = ["#be123c", "#ffd400", "#0f766e", "#777777", "#000000", "#ffffff", "#00e5ff"]
CONTRASTS = """() => {
  const shadow = document.querySelector("jawab-widget").shadowRoot;
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((c) => (colour.startsWith("color(") ? c * 255 : +c))
      .map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const canvas = document.createElement("canvas").getContext("2d");
  const plain = (colour) => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return `rgb(${canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).join()})`; };
  const contrast = (a, b) => { const [x, y] = [luminance(plain(a)), luminance(plain(b))].sort((p, q) => p - q); return (y + 0.05) / (x + 0.05); };
  const style = (selector) => getComputedStyle(shadow.querySelector(selector));
  const set = getComputedStyle(shadow.querySelector(".root"));
  const own = style(".shopper .bubble"), bot = style(".bot .bubble"), link = style(".bot .bubble a");
  return {
    own: contrast(own.color, own.backgroundColor), bot: contrast(bot.color, bot.backgroundColor),
    link: contrast(link.color, bot.backgroundColor), launcher: contrast(set.getPropertyValue("--on"), set.getPropertyValue("--accent")),
  };
}"""


@pytest.mark.parametrize("size", ["narrow", "desktop"])
def test_a_hostile_style_sheet_changes_nothing(visit, size):
    looks = []
    for kind in ("plain", "hostile"):
        shopper = visit(kind=kind, size=size)
        shopper.ask("سلام")
        looks.append(
            [
                shopper.find(part).first.evaluate(
                    "e => { const s = getComputedStyle(e), b = e.getBoundingClientRect(); return [s.color, s.backgroundColor,"
                    " s.fontSize, s.fontFamily, s.letterSpacing, s.direction, s.transform, s.filter, s.opacity, b.x, b.y, b.width, b.height]; }"
                )
                for part in (
                    ".panel",
                    ".head",
                    ".bubble",
                    ".field",
                    ".send",
                    ".message.shopper .bubble",
                )
            ]
        )
    assert looks[0] == looks[1]


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_it_works_under_a_strict_policy(visit, size):
    shopper = visit(kind="strict", size=size)
    assert shopper.find(".launcher").evaluate("e => getComputedStyle(e).position") == "fixed"
    shopper.ask("سلام")
    shopper.find(".head .tool").first.click()
    assert shopper.sheet.locator(".row").count() > 5


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("accent", SHOP_COLOURS)
def test_the_shops_colour_stays_readable(visit, rasa, desk, accent, colours):
    rasa.reply = lambda q: [{"text": "021-91000100"}, {"custom": rasa.custom(q)}]
    shopper = visit(open=False, colours=colours)
    shopper.context.route(
        "**/api/v1/shops/*",
        lambda r: r.fulfill(
            json={
                "id": "digikala",
                "name": "دیجی‌کالا",
                "lang": "fa",
                "accent": accent,
                "logo_url": None,
            },
            headers=ORIGIN,
        ),
    )
    shopper.page.evaluate("localStorage.clear()")
    shopper.page.reload()
    shopper.open()
    shopper.say("تلفن؟")
    shopper.find(".bot .bubble a").wait_for()
    assert min(shopper.page.evaluate(CONTRASTS).values()) >= 4.5


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.mark.parametrize(
    ("logo", "shown"), [("/static/shops/logo.svg", 1), ("https://elsewhere.example/logo.png", 0)]
)
def test_the_logo_comes_from_the_desk_or_not_at_all(visit, desk, logo, shown):
    shopper = visit(open=False)
    info = {**desk.http.get("/api/v1/shops/digikala?lang=fa").json(), "logo_url": logo}
    shopper.page.route("**/api/v1/shops/*", lambda route: route.fulfill(json=info, headers=ORIGIN))
    shopper.page.route(
        "**/logo.svg", lambda route: route.fulfill(content_type="image/svg+xml", body=LOGO)
    )
    shopper.page.evaluate("localStorage.clear()")
    shopper.page.reload()
    shopper.open()
    if shown:
        shopper.find(".mark img").wait_for(state="attached")
    shopper.ask("سلام")
    assert shopper.find(".mark img").count() == shown


def test_an_older_desk_without_topics_shows_none(visit):
    shopper = visit(open=False)
    shopper.page.route(
        "**/api/v1/shops/*",
        lambda r: r.fulfill(status=404, json={}, headers=ORIGIN),
    )
    shopper.page.evaluate("localStorage.clear()")
    shopper.page.reload()
    shopper.open()
    shopper.ask("سلام")
    assert shopper.find(".row.all").count() == 0
    assert shopper.find("[aria-label='پیوست عکس یا ویدیو']").is_hidden()


def test_the_shops_keys_are_not_pressed_while_one_types(visit):
    shopper = visit()
    shopper.page.evaluate(
        "() => { window.keys = []; document.addEventListener('keydown', (e) => keys.push(e.key)); }"
    )
    shopper.field.press("k")
    assert shopper.page.evaluate("keys") == []


def test_the_shops_page_opens_the_chat_with_a_question(visit):
    shopper = visit(open=False)
    shopper.page.locator("#ask").click()
    shopper.message("bot").first.wait_for()
    assert shopper.field.input_value() == "سایز ۴۲ دارید؟"


def test_the_shops_script_opens_closes_and_listens(visit):
    shopper = visit(open=False)
    shopper.page.evaluate(
        "() => { window.heard = []; for (const name of ['open', 'message', 'close'])"
        " document.querySelector('jawab-widget').addEventListener(`jawab:${name}`, () => heard.push(name)); }"
    )
    shopper.page.evaluate("jawab.open({ question: 'returns_how', title: 'مرجوعی' })")
    shopper.message("bot").nth(1).wait_for()
    shopper.page.evaluate("jawab.close()")
    assert shopper.page.evaluate("heard") == ["open", "message", "close"]
    assert len(shopper.page.evaluate("jawab.version")) == 12


def test_embedded_twice_it_is_there_once(visit, desk):
    shopper = visit(open=False)
    shopper.page.add_script_tag(url=f"{desk.url}/widget.js")
    assert shopper.page.locator("jawab-widget").count() == 1


def test_it_opens_by_itself_when_told_to(visit):
    shopper = visit(open="true")
    shopper.message("bot").first.wait_for()


def test_the_theme_of_the_tag_counts_more_than_the_devices(visit):
    shopper = visit(open=False, theme="dark")
    assert "dark" in shopper.root.get_attribute("class")


def test_two_thousand_messages_stay_smooth(visit, desk):
    shopper = visit()
    row = {
        "conversation_id": shopper.conversation["id"],
        "lang": "fa",
        "buttons": [],
        "created_at": datetime.now(timezone.utc),
    }
    rows = [
        {
            **row,
            "author": ("shopper", "bot")[number % 2],
            "text": f"پیام {number}\nخط دوم 021-91000100",
        }
        for number in range(2000)
    ]
    with desk.services.database.engine.begin() as connection:
        connection.execute(messages.insert(), rows)
    shopper.page.reload()
    shopper.message("bot", "پیام 1999").wait_for()
    assert shopper.find(".message").count() < 150
    ask = """async (text) => {
      const shadow = document.querySelector("jawab-widget").shadowRoot, began = performance.now();
      const field = shadow.querySelector(".field");
      field.value = text;
      field.dispatchEvent(new Event("input"));
      shadow.querySelector(".send").click();
      await new Promise((done) => { const look = () => (shadow.querySelector(".list > :last-child .bubble")?.textContent.startsWith(text) ? done() : requestAnimationFrame(look)); look(); });
      return performance.now() - began;
    }"""
    assert shopper.page.evaluate(ask, "تازه") < 500
    body = shopper.find(".body")
    for _ in range(60):
        if shopper.message("shopper", "پیام 0\n").count() or shopper.find(".welcome").count():
            break
        body.evaluate(
            "body => new Promise((done) => { body.scrollTop = 0; requestAnimationFrame(() => requestAnimationFrame(done)); })"
        )
    assert shopper.find(".message").count() > 2000
    order = body.evaluate(
        "body => [...body.querySelectorAll('.message .bubble p:first-child')].map((p) => p.textContent)"
    )
    assert order[1:2001] == [f"پیام {number}" for number in range(2000)]
    shopper.page.evaluate("dispatchEvent(new Event('pagehide'))")
    shopper.page.reload()
    shopper.answered("تازه")
