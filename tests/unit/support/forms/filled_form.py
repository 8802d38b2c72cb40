"""The project's topics of tickets, and a form in which all but the last question is answered."""

from jawab.settings import PROJECT
from jawab.support.forms.ticket_form import TicketForm
from jawab.support.tickets import topics

TOPICS = topics.load(PROJECT)
FULL = TicketForm(
    topic="after_sales",
    subtopic="refund",
    message="پولم برنگشته",
    order_number="12345678",
    name="سارا",
    phone="+989121234567",
    email="sara@example.com",
    files=(),
)
