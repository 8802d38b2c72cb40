"""Pages of other origins: the shops that the owner named may use the API, nobody else."""

import pytest
from pydantic import ValidationError

from jawab.settings import Settings

SHOP = "https://shop.example"
PREFLIGHT = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
ASKED = {**PREFLIGHT, "Access-Control-Request-Headers": "authorization,content-type,last-event-id"}


def shared(response):
    return {k for k in response.headers if k.startswith("access-control-")}


def test_by_default_no_other_origin_is_let_in(desk):
    assert desk.http.options("/api/v1/conversations", headers=ASKED).status_code == 405
    response = desk.http.get("/api/v1/shops/souq", headers={"Origin": SHOP})
    assert response.status_code == 200
    assert shared(response) == set()


def test_a_named_origin_may_use_the_api(start_desk):
    desk = start_desk(allowed_origins=(SHOP, "https://www.shop.example:8443"))
    preflight = desk.http.options("/api/v1/conversations", headers=ASKED)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == SHOP
    assert "access-control-allow-credentials" not in preflight.headers
    response = desk.http.get("/api/v1/shops/souq", headers={"Origin": SHOP})
    assert response.headers["access-control-allow-origin"] == SHOP
    assert "origin" in response.headers["vary"].lower()


def test_errors_can_be_read_there_too(start_desk, monkeypatch):
    desk = start_desk(allowed_origins=(SHOP,))
    headers = {"Origin": SHOP}

    def crash(*_args, **_more):
        raise RuntimeError

    refused = desk.http.post("/api/v1/conversations", content=b"x" * 2_000_000, headers=headers)
    monkeypatch.setattr(desk.store, "open_conversation", crash)
    crashed = desk.http.post("/api/v1/conversations", json={"shop": "souq"}, headers=headers)
    assert (refused.status_code, crashed.status_code) == (413, 500)
    for response in (refused, crashed):
        assert response.headers["access-control-allow-origin"] == SHOP


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://shop.example"])
def test_another_origin_is_not_let_in(start_desk, origin):
    desk = start_desk(allowed_origins=(SHOP,))
    preflight = desk.http.options("/api/v1/conversations", headers={**ASKED, "Origin": origin})
    assert preflight.status_code == 400
    assert "access-control-allow-origin" not in preflight.headers
    response = desk.http.get("/api/v1/shops/souq", headers={"Origin": origin})
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("path", ["/desk/state", "/demo", "/healthz", "/static/base.css"])
def test_pages_are_shared_with_nobody(start_desk, path):
    desk = start_desk(allowed_origins=(SHOP,))
    response = desk.http.get(path, headers={"Origin": SHOP})
    assert shared(response) == set()
    assert response.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("script", ["/widget.js", "/widget-ticket.js"])
def test_the_widgets_scripts_may_be_embedded_anywhere(desk, script):
    response = desk.http.get(script)
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", ()),
        ("https://Shop.example/", (SHOP,)),
        (f"{SHOP}, http://localhost:3000", (SHOP, "http://localhost:3000")),
    ],
)
def test_origins_are_written_with_commas_between(monkeypatch, written, meant):
    monkeypatch.setenv("JAWAB_ALLOWED_ORIGINS", written)
    assert Settings(_env_file=None).allowed_origins == meant


@pytest.mark.parametrize("written", ["*", "shop.example", "https://shop.example/path", "null"])
def test_what_is_no_origin_is_refused(monkeypatch, written):
    monkeypatch.setenv("JAWAB_ALLOWED_ORIGINS", written)
    with pytest.raises(ValidationError, match="whole origins"):
        Settings(_env_file=None)
