"""What the tests of the agents' API send and look for."""

from datetime import timedelta

MINUTE = timedelta(minutes=1)


FORM = {
    "client_id": "form-1",
    "topic": "delivery",
    "name": "نورة",
    "phone": "0501234567",
    "message": "لم يصل الطلب",
}


def names(events, kind):
    return next(data for event, data, _ in events if event == kind)


def present(colleague):
    return [one["name"] for one in colleague.get("/colleagues") if one["present"]]
