"""python-telegram-bot, as it comes from PyPI, talks to the fake Bot API: proof that it is one."""

import anyio
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from ..unit.desk.pictures import photo
from .apps import TOKEN
from .conftest import _apps  # noqa: F401


@pytest.fixture
def server(_apps):  # noqa: F811
    server = _apps["telegram"].server
    server.reset()
    yield server
    server.reset()


@pytest.fixture
def talk(server):
    """Run a coroutine with the library's bot: `talk(lambda bot: bot.get_me())`."""

    def run(do, token=TOKEN):
        async def within():
            base = f"{server.url}/bot"
            async with Bot(token, base_url=base, base_file_url=f"{server.url}/file/bot") as bot:
                return await do(bot)

        return anyio.run(within)

    return run


def test_the_library_is_told_who_the_bot_is(talk):
    me = talk(lambda bot: bot.get_me())
    assert (me.id, me.username, me.is_bot) == (4242, "jawab_bot", True)


def test_it_polls_what_shoppers_write_and_answers_with_buttons(talk, server):
    sara = server.customer(31)
    sara.say("سلام")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("بله", callback_data="41-0")]])

    async def answer(bot):
        (update,) = await bot.get_updates(timeout=5)
        await update.message.reply_text("سلام، بفرمایید", reply_markup=keyboard)
        assert await bot.get_updates(offset=update.update_id + 1, timeout=0) == ()
        sara.press("41-0")
        (pressed,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        await pressed.callback_query.answer()
        return update, pressed

    update, pressed = talk(answer)
    assert (update.message.text, update.effective_user.first_name) == ("سلام", "سارا")
    assert pressed.callback_query.data == "41-0"
    assert sara.texts == ["سلام، بفرمایید"]
    assert sara.buttons == {"بله": "41-0"}
    assert server.answered == [pressed.callback_query.id]


def test_it_sends_and_fetches_photos(talk, server):
    sara = server.customer(32)
    content = photo()
    sara.photo(content, caption="این")

    async def both(bot):
        (update,) = await bot.get_updates(timeout=5)
        file = await update.message.photo[-1].get_file()
        got = bytes(await file.download_as_bytearray())
        await bot.send_photo(32, got, caption="رسید")
        return got

    assert talk(both) == content
    assert sara.texts == ["رسید"]
    assert sara.said[0]["content"] == content


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (lambda server: server.then((429, 3)), RetryAfter),
        (lambda server: server.blocked.add(33), Forbidden),
        (lambda server: server.chats.pop(33), BadRequest),
    ],
    ids=["429", "blocked", "no chat"],
)
def test_its_errors_are_the_library_s(talk, server, prepare, error):
    server.customer(33)
    prepare(server)
    with pytest.raises(error):
        talk(lambda bot: bot.send_message(33, "سلام"))


def test_too_long_a_text_is_refused(talk, server):
    server.customer(34)
    with pytest.raises(BadRequest, match="too long"):
        talk(lambda bot: bot.send_message(34, "آ" * 4097))


def test_a_wrong_token_is_refused(talk):
    with pytest.raises(InvalidToken):
        talk(lambda bot: bot.get_me(), token="1:wrong")


def test_a_webhook_excludes_polling(talk, server):
    async def set_and_look(bot):
        await bot.set_webhook(f"{server.url}/hook", secret_token="s" * 16)
        return await bot.get_webhook_info()

    assert talk(set_and_look).url == f"{server.url}/hook"
    assert server.bot().webhook["secret"] == "s" * 16
