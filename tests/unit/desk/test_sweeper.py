"""A running desk erases what has been kept long enough, and goes on when that fails."""

from datetime import timedelta

from jawab.desk.app import utc_now

from .running import eventually

SOON = timedelta(milliseconds=50)


def test_a_desk_erases_what_is_over_and_old(start_desk):
    young = start_desk(retention_days=(("", 30),))
    chat = young.begin()
    chat.ask("سلام")
    assert chat.messages()
    young.stop()
    much_later = start_desk(
        retention_days=(("", 30),), clock=lambda: utc_now() + timedelta(days=31)
    )
    eventually(lambda: much_later.store.counts().conversations == 0)
    assert much_later.http.get(chat.path + "/messages", headers=chat.headers).status_code >= 400


def test_a_sweep_that_fails_is_told_and_tried_again(start_desk, caplog):
    desk = start_desk(sweep_interval=SOON)
    with desk.services.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE attachments RENAME TO away")
    eventually(lambda: caplog.text.count("sweep.failed") > 1)
    assert desk.http.get("/healthz").status_code == 200
