"""How well each system understands the development set, asked over Rasa's own HTTP API."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import aiohttp

from benchmarks.turns.processes import TOKEN
from jawab.understanding.decision import OUT_OF_SCOPE
from jawab.understanding.model import Labelled

_AT_ONCE = 4


async def accuracy(url: str, rows: Sequence[Labelled]) -> dict[str, float]:
    """Return which share of the questions in scope is answered rightly, and which out of scope is not answered."""
    places = asyncio.Semaphore(_AT_ONCE)
    async with aiohttp.ClientSession(trust_env=False) as session:

        async def understood(text: str) -> str:
            async with (
                places,
                session.post(
                    f"{url}/model/parse", params={"token": TOKEN}, json={"text": text}
                ) as response,
            ):
                response.raise_for_status()
                return intent_of(await response.json())

        guesses = await asyncio.gather(*(understood(row.text) for row in rows))
    inside = [g == row.intent for g, row in zip(guesses, rows, strict=True) if _inside(row)]
    outside = [
        guess in (OUT_OF_SCOPE, "nlu_fallback")
        for guess, row in zip(guesses, rows, strict=True)
        if not _inside(row)
    ]
    return {"in_scope": _share(inside), "out_of_scope": _share(outside)}


def intent_of(parsed: dict[str, Any]) -> str:
    """Return the catalogue's id of what Rasa understood: ours is beside the retrieval intent, stock's is the intent."""
    return str(parsed.get("faq_id") or (parsed.get("intent") or {}).get("name"))


def _inside(row: Labelled) -> bool:
    return row.intent != OUT_OF_SCOPE


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / len(hits), 3) if hits else 0.0
