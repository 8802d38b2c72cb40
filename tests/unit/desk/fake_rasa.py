"""A Rasa server on loopback that behaves as told: slow, failing, silent, garbled, or forgetful of the line."""

import asyncio
import threading
from collections import deque

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route


class FakeRasa:
    """Answers every message by an echo and keeps a tracker, like the real server.

    `then(...)` lines up what happens to the next messages: "answer", "fail" (500), "empty" (200 `[]`),
    "garbage", "silent" (only a `custom`), "lost" (processed, and the answer never arrives),
    "refuse" (500 without processing), or a `threading.Event` to wait for before answering.
    """

    def __init__(self):
        self.url = ""
        self.reset()
        self.app = Starlette(
            routes=[
                Route("/webhooks/rest/webhook", self._webhook, methods=["POST"]),
                Route("/conversations/{sender}/tracker", self._tracker),
                Route("/status", self._status),
                Route("/model/parse", self._parse, methods=["POST"]),
                Route("/health", lambda request: JSONResponse({"status": "ok"})),
            ]
        )

    def reset(self):
        """Forget everything."""
        for event in getattr(self, "_held", ()):
            event.set()
        self.trackers = {}
        self.asked = []
        self.looked_up = []
        self.model = "model.tar.gz"
        self.tracker_works = True
        self.parsed = []
        self.ranking = [("returns_how", 0.81), ("refund_how", 0.12), ("greet", 0.02)]
        self.at_once = 0
        self.most_at_once = 0
        self._held = []
        self._next = deque()
        self.reply = lambda question: [
            {"text": f"پاسخ: {question['message']}"},
            {"custom": self.custom(question)},
        ]

    def custom(self, question, **more):
        """What the actions report of a turn."""
        return {
            "message_id": question["metadata"]["message_id"],
            "lang": question["metadata"]["lang"],
            "intent": "returns_how",
            "confidence": 0.93,
            "outcome": "answered",
            "candidates": [{"intent": "returns_how", "confidence": 0.93}],
            **more,
        }

    def then(self, *behaviours):
        """Line up what happens to the next messages."""
        self._held += [b for b in behaviours if isinstance(b, threading.Event)]
        self._next.extend(behaviours)

    @property
    def texts(self):
        """What was asked, in order."""
        return [question["message"] for question in self.asked]

    async def _webhook(self, request):
        question = await request.json()
        self.asked.append(question)
        behaviour = self._next.popleft() if self._next else "answer"
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self._behave(behaviour, question)
        finally:
            self.at_once -= 1

    async def _behave(self, behaviour, question):
        if isinstance(behaviour, threading.Event):
            while not behaviour.is_set():
                await asyncio.sleep(0.005)
            behaviour = "answer"
        if behaviour == "refuse":
            return PlainTextResponse("no", 500)
        events = self.trackers.setdefault(question["sender"], [])
        events.append(
            {"event": "user", "text": question["message"], "metadata": question["metadata"]}
        )
        if behaviour == "fail":
            return PlainTextResponse("action failed", 500)
        if behaviour == "empty":
            return JSONResponse([])
        if behaviour == "garbage":
            return PlainTextResponse("<html>[{", 200)
        items = self.reply(question)
        if behaviour == "silent":
            items = [item for item in items if "text" not in item]
        for item in items:
            data = {"buttons": item.get("buttons"), "custom": item.get("custom")}
            events.append({"event": "bot", "text": item.get("text"), "data": data})
        if behaviour == "lost":
            return PlainTextResponse("gateway", 502)
        return JSONResponse([{"recipient_id": question["sender"], **item} for item in items])

    async def _tracker(self, request):
        if request.query_params.get("token") != "inside":
            return PlainTextResponse("unauthorised", 401)
        if not self.tracker_works:
            return PlainTextResponse("broken", 500)
        sender = request.path_params["sender"]
        self.looked_up.append(sender)
        return JSONResponse({"sender_id": sender, "events": self.trackers.get(sender, [])})

    async def _parse(self, request):
        if request.query_params.get("token") != "inside":
            return PlainTextResponse("unauthorised", 401)
        if self.model is None:
            return JSONResponse({"status": "failure"}, 409)
        text = (await request.json())["text"]
        self.parsed.append(text)
        ranking = [{"name": name, "confidence": sure} for name, sure in self.ranking]
        return JSONResponse({"text": text, "intent": ranking[0], "intent_ranking": ranking})

    async def _status(self, request):
        if request.query_params.get("token") != "inside":
            return PlainTextResponse("unauthorised", 401)
        if self.model is None:
            return JSONResponse({"status": "failure"}, 409)
        return JSONResponse({"model_file": self.model, "model_id": "m"})
