"""A small project with a small trained model, and the command line run in it."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path

from typer.testing import CliRunner

from jawab.cli import app
from jawab.knowledge import load
from jawab.text.lang import Lang
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.settings import PipelineSettings

ROOT = Path(__file__).parents[3]


CONFIG = """\
recipe: default.v1
pipeline:
  - name: jawab.nlu.featurizers.NgramFeaturizer
  - name: jawab.nlu.classifier.CatalogueClassifier
    answer_above: 0.5
    offer_above: 0.1
"""


CONTACT = """\
topic: contact
position: 2
title: {fa: تماس, ar: التواصل, en: Contact}
questions:
  - id: contact_hours
    title: {fa: ساعت کار پشتیبانی, ar: ساعات عمل الدعم, en: Support hours}
    related: [returns_how]
    answer:
      fa: "{shop}: {hours.phone}"
      ar: "{shop}: {hours.phone}"
      en: "{shop}: {hours.phone}"
    examples:
      fa: {formal: "ساعت کاری شما چیست\\nچه ساعتی باز هستید\\nتا کی جواب می‌دهید"}
      ar: {gulf: "متى تفتحون\\nساعات العمل عندكم\\nكم دوامكم"}
      en: {plain: "when are you open\\nwhat are your hours\\nopening times"}
"""


RETURNS = """\
topic: returns
position: 1
title: {fa: مرجوعی, ar: الإرجاع, en: Returns}
questions:
  - id: returns_how
    title: {fa: چطور کالا را مرجوع کنم؟, ar: كيف أرجع المنتج؟, en: How do I return an item?}
    related: [contact_hours]
    answer:
      fa: "کالا را به {shop} برگردانید.\\nتلفن: {phone}"
      ar: "أعيدوا المنتج إلى {shop}.\\nالهاتف: {phone}"
      en: "Return the item to {shop}.\\nPhone: {phone}"
    examples:
      fa: {formal: "چگونه کالا را مرجوع کنم\\nشرایط پس دادن جنس\\nمی‌خواهم پسش بدهم"}
      ar: {msa: "كيف أعيد المنتج\\nأريد إرجاع الطلب\\nإعادة البضاعة"}
      en: {plain: "how do I return an item\\nsend my order back\\nI want to return this"}
"""


SHOP = """\
id: {id}
name: {name}
language: {lang}
time_zone: {zone}
calendar: gregorian
country: {country}
order_number: '[0-9]{{8,9}}'
site: https://{id}.example
top_questions: [returns_how, contact_hours]
channels:
  phone:
    name: {{fa: تلفن, ar: الهاتف, en: Phone}}
    address: {phone}
    hours: always
"""


def acts() -> str:
    """All the acts the words speak of, with two examples a language."""
    said = {
        "greet": ("سلام\nدرود بر شما", "مرحبا\nالسلام عليكم", "hello\ngood morning"),
        "help": ("راهنما\nکمکم کن", "مساعدة\nساعدني", "help\nwhat can you do"),
        "change_language": ("زبان رو عوض کن\nعربی حرف بزن", "غير اللغة\nتكلم فارسي", "speak arabic\nenglish please"),
        "talk_to_human": ("با آدم حرف بزنم\nاپراتور", "أريد موظف\nحولني لإنسان", "a human please\nagent"),
        "open_ticket": ("تیکت ثبت کن\nدرخواست ثبت کنم", "افتح تذكرة\nسجل طلب دعم", "open a ticket\nnew ticket"),
    }  # fmt: skip
    lines = ["acts:"]
    for act, texts in said.items():
        varieties = ("formal", "msa", "plain")
        lines += [f"  - id: {act}", "    examples:"]
        for lang, variety, text in zip(Lang, varieties, texts, strict=True):
            lines.append(
                f"      {lang.value}: {{{variety}: {json.dumps(text, ensure_ascii=False)}}}"
            )
    return "\n".join(lines) + "\n"


def build(root: Path) -> Path:
    shops = {
        "bazaar": {"name": "{fa: بازارک, ar: بازارك, en: Bazaarak}", "lang": "fa", "country": "IR",
                   "zone": "Asia/Tehran", "phone": "021-1110000"},
        "dukkan": {"name": "{fa: دکان, ar: دكان, en: Dukkan}", "lang": "ar", "country": "SA",
                   "zone": "Asia/Riyadh", "phone": "800-555-0100"},
    }  # fmt: skip
    files = {
        "config.yml": CONFIG,
        "domain.yml": "version: '3.1'\n",
        "requirements.txt": "",
        "data/faq/contact.yml": CONTACT,
        "data/faq/returns.yml": RETURNS,
        "data/dialogue/acts.yml": acts(),
        **{f"data/shops/{id}.yml": SHOP.format(id=id, **shop) for id, shop in shops.items()},
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    for file in ("words.yml", "topics.yml", "mail.yml"):
        shutil.copy(ROOT / "data/dialogue" / file, root / "data/dialogue" / file)
    shutil.copytree(ROOT / "data/channels", root / "data/channels")
    (root / "models").mkdir()
    return root


def train_into(root: Path, archive: Path) -> None:
    knowledge = load(root)
    taught = [
        Labelled(example.text, source.id, example.lang)
        for source in (*knowledge.questions.values(), *knowledge.acts.values())
        for example in source.examples
    ]
    settings = PipelineSettings.from_file(root / "config.yml")
    understander = Understander.train(taught, settings=settings, acts=frozenset(knowledge.acts))
    parts = root / "parts"
    parts.mkdir()
    understander.save(parts)
    with tarfile.open(archive, "w:gz") as tar:
        for file in parts.iterdir():
            part = (
                "NgramFeaturizer1"
                if file.name in ("ngrams.json", "idf.npy")
                else "CatalogueClassifier2"
            )
            tar.add(file, f"components/train_x.{part}/{file.name}")
    shutil.rmtree(parts)


def run(root: Path, *arguments: str, typed: str | None = None, **environment: str):
    result = CliRunner().invoke(
        app, list(arguments), input=typed, env={"JAWAB_ROOT": str(root), **environment}
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def as_json(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def chat(root, *lines, options=("--no-shape",), end="\n"):
    result = run(root, "chat", *options, typed="\n".join(lines) + end)
    assert result.exit_code == 0, result.stderr
    return result.stdout
