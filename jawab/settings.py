"""The settings of one installation: read once by a composition root, from `JAWAB_…` variables or `.env`.

Longer than other modules: it is one list, each setting with its default and a sentence, from which docs/settings.md is made.
"""

import socket
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from jawab.setting_values import (
    DaysKept,
    Duration,
    IdentitySecrets,
    MailAddresses,
    Networks,
    Origins,
    Rate,
    WebhookAddress,
)

# The project's files: those of the checkout this code lies in, or those that a wheel brings along inside the package.
_WITHIN = Path(__file__).resolve().parent / "project"
PROJECT = _WITHIN if _WITHIN.is_dir() else _WITHIN.parents[1]


class Settings(BaseSettings):
    """Every setting with its default: one machine, one SQLite file, nothing to install.

    >>> Settings(port=8080).port
    8080
    """

    model_config = SettingsConfigDict(
        env_prefix="JAWAB_",
        env_file=PROJECT / ".env",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    root: Path = Field(
        default=PROJECT,
        description="The project folder, which holds data/ (questions, shops, words).",
    )
    var: Path = Field(
        default_factory=lambda data: data["root"] / "var",
        description="Where the running system keeps its files; made when absent.",
    )
    database_url: str = Field(
        default_factory=lambda data: f"sqlite:///{data['var'] / 'jawab.db'}",
        description="SQLAlchemy address of the database: a SQLite file or postgresql+psycopg2://….",
    )
    database_patience: Duration = Field(
        default=timedelta(seconds=5),
        description="How long a statement waits for a locked SQLite file or a free connection.",
    )
    tracker_url: str = Field(
        default_factory=lambda data: f"sqlite:///{data['var'] / 'rasa-tracker.db'}",
        description="SQLAlchemy address of Rasa's tracker store, as its endpoints file names it: what Rasa remembers is"
        " exported and erased there.",
    )
    retention_days: DaysKept = Field(
        default=(),
        description="After how many quiet days what is over is erased: 365, or 365,souq=90 where shops differ; without"
        " any it is kept.",
    )
    sweep_interval: Duration = Field(
        default=timedelta(hours=1),
        description="Pause between two looks at what has been kept long enough.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="Signs the shoppers' tokens. Without one, var/secret.key is made once (mode 0600).",
    )
    identity_secrets: IdentitySecrets = Field(
        default={},
        description="By which the shops' servers sign who their users are, with blanks between, as souq=SECRET"
        " digikala=SECRET; a shop without one names nobody.",
    )
    host: str = Field(default="127.0.0.1", description="Address the desk listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port the desk listens on.")
    desk_name: str = Field(
        default_factory=lambda data: f"{socket.gethostname()}:{data['port']}",
        min_length=1,
        max_length=270,
        description="What this desk is called among several of one database; the host's name and the port by default.",
    )
    rasa_url: str = Field(
        default="http://127.0.0.1:5005",
        description="Address of the Rasa server, which must not be reachable from outside.",
    )
    rasa_token: SecretStr | None = Field(
        default=None,
        description="The value of Rasa's own --auth-token, for its tracker and status.",
    )
    rasa_timeout: Duration = Field(
        default=timedelta(seconds=8), description="How long one attempt waits for Rasa's answer."
    )
    actions_url: str = Field(
        default="http://127.0.0.1:5055",
        description="Address of the action server; the desk only asks it whether it is well.",
    )
    attempts: int = Field(
        default=3,
        ge=1,
        description="How often a message is sent to Rasa before the bot apologises.",
    )
    first_delay: Duration = Field(
        default=timedelta(seconds=2), description="Pause before the second attempt."
    )
    delay_factor: float = Field(default=3.0, ge=1, description="By what each further pause grows.")
    give_up_after: Duration = Field(
        default=timedelta(seconds=20),
        description="No attempt starts later than this after the message came.",
    )
    resume_patience: Duration = Field(
        default=timedelta(seconds=60),
        description="After a restart: how long unanswered messages wait for Rasa to come up.",
    )
    parallel_turns: int = Field(
        default=16, ge=1, description="How many conversations ask Rasa at the same time."
    )
    shutdown_grace: Duration = Field(
        default=timedelta(seconds=10),
        description="How long a stopping desk lets messages in flight finish.",
    )
    wait_limit: Duration = Field(
        default=timedelta(seconds=45),
        description="How long ?wait=true holds a request before it answers 202 instead.",
    )
    heartbeat: Duration = Field(
        default=timedelta(seconds=15),
        description="Pause between two comments in a silent event stream.",
    )
    token_lifetime: Duration = Field(
        default=timedelta(days=30), description="How long a shopper's token opens its conversation."
    )
    invitation_lifetime: Duration = Field(
        default=timedelta(minutes=15),
        description="How long a link works by which a shopper goes on in a messaging app.",
    )
    max_message_length: int = Field(
        default=4000, ge=1, description="Characters in one message; a longer one is refused."
    )
    max_body_bytes: int = Field(
        default=1_000_000,
        ge=1000,
        description="Bytes in one request; a longer one is refused unread.",
    )
    allowed_origins: Origins = Field(
        default=(),
        description="Origins of the shops whose pages may use the API, as https://shop.example,"
        "https://www.shop.example; without any only the desk's own pages may.",
    )
    trusted_proxies: Networks = Field(
        default=("127.0.0.1", "::1"),
        description="Addresses or networks of the proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, as"
        " 127.0.0.1,10.0.0.0/8; those of everybody else are not.",
    )
    redis_url: SecretStr | None = Field(
        default=None,
        description="Redis that several desks share, as redis://:password@redis.example:6379/0; live events travel by it"
        " from each to all, and requests are counted for all; without one each desk is alone.",
    )
    requests_per_address: Rate = Field(
        default="600/minute",
        description="Requests of shoppers from one network address, and apart from them those of agents.",
    )
    conversations_per_address: Rate = Field(
        default="60/minute", description="New conversations from one network address."
    )
    sign_ins_per_address: Rate = Field(
        default="30/minute", description="Agents' attempts to sign in from one network address."
    )
    updates_per_address: Rate = Field(
        default="6000/minute",
        description="Updates that messaging apps bring from one of their addresses.",
    )
    requests_per_conversation: Rate = Field(
        default="120/minute", description="Requests of a shopper for their conversation."
    )
    messages_per_shop: Rate = Field(
        default="3000/minute",
        description="Messages and new conversations of all a shop's shoppers together.",
    )
    max_attachments: int = Field(default=5, ge=1, le=20, description="Files in one message.")
    max_conversation_attachments: int = Field(
        default=50, ge=1, description="Files in one conversation."
    )
    max_photo_bytes: int = Field(default=12_000_000, ge=1000, description="Bytes in one photo.")
    max_video_bytes: int = Field(default=30_000_000, ge=1000, description="Bytes in one video.")
    max_document_bytes: int = Field(
        default=20_000_000,
        ge=1000,
        description="Bytes in one document or voice note, which come from messaging apps only.",
    )
    max_photo_pixels: int = Field(
        default=50_000_000,
        ge=1000,
        description="Pixels of a photo that is unpacked; one with more is refused.",
    )
    photo_side: int = Field(
        default=2560, ge=16, description="Longest side in pixels of a photo as it is kept."
    )
    attachment_link_lifetime: Duration = Field(
        default=timedelta(hours=1),
        description="How long the address of a file works at most (half as long at least).",
    )
    guesses_per_ticket: int = Field(
        default=5,
        ge=1,
        description="Wrong phones or e-mails for one ticket within guess_window; then its state is told to nobody.",
    )
    guesses_per_address: int = Field(
        default=30,
        ge=1,
        description="Wrong guesses at tickets from one network address within guess_window.",
    )
    guess_window: Duration = Field(
        default=timedelta(hours=1), description="The time in which wrong guesses are counted."
    )
    handover_promise: Duration = Field(
        default=timedelta(minutes=2),
        description="How soon a person is to come into a live chat, for shops whose profile promises no time.",
    )
    handover_limit: Duration = Field(
        default=timedelta(minutes=15),
        description="How long a shopper waits for a person at most, unless they choose to wait on.",
    )
    agent_silence: Duration = Field(
        default=timedelta(minutes=5),
        description="How long an agent may leave a shopper's message unanswered before others get it.",
    )
    agent_absence: Duration = Field(
        default=timedelta(minutes=2),
        description="How long an agent's page may be gone before their conversations go to others.",
    )
    presence_lifetime: Duration = Field(
        default=timedelta(seconds=60),
        description="How long an agent counts as present after the last sign of life.",
    )
    agent_typing: Duration = Field(
        default=timedelta(seconds=6), description="How long an agent's typing is shown."
    )
    agent_session_lifetime: Duration = Field(
        default=timedelta(hours=12), description="How long an agent stays signed in."
    )
    sign_in_attempts: int = Field(
        default=10,
        ge=1,
        description="Wrong passwords for one login from one address within guess_window.",
    )
    watch_interval: Duration = Field(
        default=timedelta(seconds=2),
        description="Pause between two looks at those who wait and at the agents who answer.",
    )
    lookout_interval: Duration = Field(
        default=timedelta(seconds=2),
        description="Pause between two looks at what owners have set at another desk.",
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="Mail server for the shoppers' notices, as smtp://user:password@mail.example:587 or"
        " smtps://mail.example; without one none are sent.",
    )
    mail_from: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$",
        description="Address the notices come from, as support@shop.example; goes with smtp_url.",
    )
    mail_addresses: MailAddresses = Field(
        default=(),
        description="Addresses that shoppers write to, as digikala=info@digikala.example,souq=help@souq.example: mails to"
        " them become conversations, and answers come from them; goes with smtp_url.",
    )
    mailboxes: SecretStr | None = Field(
        default=None,
        description="Mailboxes that are read, with blanks between, as souq=imaps://user:password@mail.example/INBOX"
        " (with ?done=FOLDER a mail that is stored moves there); goes with mail_addresses.",
    )
    mail_listen: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9.:\[\]-]+:[0-9]{1,5}$",
        description="Where the shop's own mail server may deliver mail by SMTP, as 127.0.0.1:2525; goes with"
        " mail_addresses.",
    )
    mail_poll: Duration = Field(
        default=timedelta(seconds=30),
        description="Pause between two looks into a mailbox that does not tell of new mails by itself (IDLE).",
    )
    max_mail_bytes: int = Field(
        default=25_000_000, ge=10_000, description="Bytes in one mail; a larger one is not taken."
    )
    mails_per_sender: int = Field(
        default=10,
        ge=1,
        description="How many mails of one sender are answered within guess_window; the others go unanswered to their"
        " last ticket.",
    )
    webhook_url: WebhookAddress | None = Field(
        default=None,
        description="Address that is told of tickets and conversations, https (or http on this machine or"
        " inside a private network); without one none is.",
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Signs the webhooks; goes with webhook_url.",
    )
    delivery_poll: Duration = Field(
        default=timedelta(seconds=2), description="Pause between two looks into the outbox."
    )
    delivery_first_delay: Duration = Field(
        default=timedelta(seconds=30),
        description="Pause before the second attempt at a mail or webhook; each further one is four times as long.",
    )
    delivery_longest_delay: Duration = Field(
        default=timedelta(hours=6), description="The longest pause between two attempts."
    )
    delivery_attempts: int = Field(
        default=12, ge=1, description="How often a mail or webhook is tried in all."
    )
    channels_file: Path = Field(
        default_factory=lambda data: data["var"] / "channels.yml",
        description="The accounts of messaging apps with their secrets (mode 0600); written by `jawab channel add`.",
    )
    channel_timeout: Duration = Field(
        default=timedelta(seconds=15),
        description="How long a messaging app is waited for in one call; files have a minute and a half.",
    )
    channel_first_delay: Duration = Field(
        default=timedelta(seconds=2),
        description="Pause before the second attempt to bring a message to a messaging app; each further one is three times as long.",
    )
    channel_longest_delay: Duration = Field(
        default=timedelta(minutes=10), description="The longest pause between two such attempts."
    )
    channel_attempts: int = Field(
        default=20, ge=1, description="How often a message to a messaging app is tried in all."
    )
    channel_poll: Duration = Field(
        default=timedelta(milliseconds=500),
        description="Pause between two looks at what came from messaging apps and what waits to go there.",
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="What Prometheus sends as its Bearer token to /metrics; without one only this machine and its private"
        " network read it, and nobody through a proxy.",
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="How log events are written to standard error."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least important log event that is written."
    )

    @property
    def redis(self) -> str | None:
        """The address of Redis, its password included; None without one."""
        return None if self.redis_url is None else self.redis_url.get_secret_value()

    @model_validator(mode="after")
    def _go_together(self) -> "Settings":
        for one, other in (("smtp_url", "mail_from"), ("webhook_url", "webhook_secret")):
            if getattr(self, one) is not None and getattr(self, other) is None:
                raise ValueError(f"JAWAB_{one.upper()} needs JAWAB_{other.upper()}")
        if (self.mailboxes or self.mail_listen) and not self.mail_addresses:
            raise ValueError("JAWAB_MAILBOXES and JAWAB_MAIL_LISTEN need JAWAB_MAIL_ADDRESSES")
        if self.mail_addresses and self.smtp_url is None:
            raise ValueError(
                "JAWAB_MAIL_ADDRESSES needs JAWAB_SMTP_URL, by which mails are answered"
            )
        return self
