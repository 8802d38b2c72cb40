"""Agents search what concerns their shops, by the API and on a page."""

import pytest

from .colleague import hired


@pytest.fixture
def sara(start_desk):
    desk = start_desk()
    for shop, text in (("digikala", "کفش <b>قرمز</b> من"), ("souq", "کفش سوق")):
        desk.begin(shop, lang="fa").ask(text)
    return hired(desk, "sara", shops=("digikala",))


def test_an_agent_finds_what_was_said_in_her_shops_alone(sara):
    (hit,) = sara.get("/search?q=كفش")["hits"]
    assert (hit["kind"], hit["shop"], hit["author"]) == ("message", "digikala", "shopper")
    assert [piece["text"] for piece in hit["pieces"] if piece["hit"]] == ["کفش"]
    assert sara.get("/search?q=كفش&shop=souq")["hits"] == []


def test_pages_follow_each_other_by_the_cursor(sara):
    chat = sara.desk.begin("digikala", lang="fa")
    for number in range(3):
        chat.ask(f"جوراب {number}")
    first = sara.get("/search?q=جوراب&limit=2")
    rest = sara.get(f"/search?q=جوراب&limit=2&cursor={first['next']}")
    texts = ["".join(p["text"] for p in hit["pieces"]) for hit in first["hits"] + rest["hits"]]
    assert texts == ["جوراب 2", "جوراب 1", "جوراب 0"]
    assert rest["next"] is None


def test_nobody_searches_without_signing_in(desk):
    assert desk.http.get("/api/v1/agent/search?q=x").status_code == 401
    page = desk.http.get("/desk/search?q=x", follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (307, "/desk/sign-in")


@pytest.mark.parametrize(("lang", "way"), [("fa", "rtl"), ("ar", "rtl"), ("en", "ltr")])
def test_the_page_marks_what_was_found_and_escapes_the_rest(sara, lang, way):
    cookies = {"jawab-desk": sara.token}
    page = sara.desk.http.get(f"/desk/search?q=کفش&lang={lang}", cookies=cookies).text
    assert f'dir="{way}"' in page
    assert "<mark>کفش</mark> &lt;b&gt;قرمز&lt;/b&gt; من" in page
    assert "سوق" not in page.split('class="hits"')[1]


def test_a_cursor_that_is_no_number_is_refused(sara):
    assert sara.refused("GET", "/search?q=x&cursor=x")[0] == 422
