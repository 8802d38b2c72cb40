"""What the owner and leads may ask for: their pages below /desk."""

from fastapi import APIRouter

from jawab.desk.owner import agents, figures, learning, learning_change, shop

ROUTERS: tuple[APIRouter, ...] = (
    agents.router,
    figures.router,
    learning.router,
    learning_change.router,
    shop.router,
)
