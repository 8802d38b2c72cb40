"""The ways that a story's conversation comes by, and what of it leaves: nothing leaves this machine."""

from datetime import timedelta

from jawab.demo.scene import Scene
from jawab.demo.story import Step
from jawab.desk.welcome import welcome
from jawab.support.apps import chat
from jawab.support.apps.chat import Chat
from jawab.support.apps.statements import MESSAGE
from jawab.support.conversations.conversation import EMAIL, SITE, Conversation, begin
from jawab.support.conversations.message import Author
from jawab.support.deliveries.delivery import Carrier, Delivery, DeliveryState
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.mail.incoming import Fate, MailThread, NewMail

TELLS = "whatsapp"  # the app that tells what was delivered and read
_WRITTEN = ("writes", "answers")


def enter(scene: Scene) -> None:
    """Begin the conversation, by the way the story names."""
    story, now = scene.story, scene.clock()
    made = begin(shop=scene.shop, lang=story.lang, now=now, channel=story.channel)
    scene.conversation_id = made.id
    if story.channel == SITE:
        greeting = welcome(scene.desk.words, scene.desk.knowledge, shop=scene.shop, lang=story.lang)
        scene.desk.store.open_conversation(made, greeting)
    elif story.channel == EMAIL:
        _mail(scene, made)
    else:
        scene.desk.channels.chats.enter(_chat(scene), made)


def left(scene: Scene, step: Step, deliveries: DeliveryStore) -> None:
    """Note what a step's messages came to: in chats as if they had arrived, everything else is thrown away."""
    waits = [
        one
        for subject in (scene.conversation_id, scene.reference, scene.shop)
        for one in (deliveries.of(subject) if subject else ())
        if one.state is DeliveryState.WAITING and _is_of(scene, one)
    ]
    for delivery in waits:
        if delivery.parcel.carrier is not Carrier.CHANNEL:
            deliveries.drop(delivery)
        elif _is_lost(scene, step, delivery):
            deliveries.give_up(delivery, scene.story.undelivered or "", now=scene.clock())
        else:
            _arrives(scene, step, delivery)
            deliveries.sent(delivery, now=scene.clock())


def _chat(scene: Scene) -> Chat:
    name = scene.story.shopper
    account, here = f"demo-{scene.story.channel}", f"demo-{scene.order}"
    return Chat(account, here, scene.conversation_id, here, name, scene.clock())


def _mail(scene: Scene, made: Conversation) -> None:
    """Keep a mail, let it begin the conversation, and be through with it."""
    mails, now = scene.desk.mails, scene.clock()
    sender, address = f"order-{scene.order}@example.com", f"help@{scene.shop}.example"
    subject = scene.story.shopper
    raw = f"From: {sender}\r\nTo: {address}\r\nSubject: {subject}\r\n\r\n".encode()
    digest = f"demo-{scene.order}"
    mails.keep(NewMail(scene.shop, address, digest, sender, raw), now=now)
    for stored in mails.take(now=now, lease=timedelta(0), limit=100):
        if stored.mail.digest == digest:
            thread = MailThread(
                made.id, address, sender, subject, subject, f"<{digest}@example.com>"
            )
            mails.begin(stored, made, thread)
            mails.end(stored, Fate.ANSWERED)


def _is_of(scene: Scene, delivery: Delivery) -> bool:
    """Whether it is of this scene: notices to a shop's people stand under the shop, whosever they are."""
    parcel = delivery.parcel
    return parcel.subject != scene.shop or parcel.data.get("reference") == scene.reference


def _is_lost(scene: Scene, step: Step, delivery: Delivery) -> bool:
    """Whether it is the last message of an agent in a story whose last one never arrives."""
    if scene.story.undelivered is None:
        return False
    last = [one for one in scene.story.steps if one.verb in _WRITTEN][-1]
    message = scene.desk.channels.chats.message(int(delivery.parcel.data[MESSAGE]))
    return step is last and message is not None and message.author is Author.AGENT


def _arrives(scene: Scene, step: Step, delivery: Delivery) -> None:
    """Keep the app's own name for the message, and how far it came where the app tells."""
    chats, here = scene.desk.channels.chats, _chat(scene)
    message = chats.message(int(delivery.parcel.data[MESSAGE]))
    if message is None:
        return
    chats.went(here.account, here.chat, f"demo-{message.id}", message)
    if scene.story.channel == TELLS:
        state = chat.Fate.DELIVERED if step is scene.story.steps[-1] else chat.Fate.READ
        chats.reached(here.account, here.chat, f"demo-{message.id}", state.value)
