"""A small project of two invented shops, written to a folder of its own for each test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from jawab.knowledge import Knowledge, load, problems

RETURNS = """\
topic: returns
title: {fa: مرجوعی, ar: الإرجاع, en: Returns}
questions:
  - id: returns_how
    title: {fa: چطور مرجوع کنم؟, ar: كيف أرجع المنتج؟, en: How do I return an item?}
    related: [contact_hours]
    answer:
      fa: |
        کالا را {facts.return_window} به {shop} برگردانید.
        تلفن: {phone}
      ar: |
        أعيدوا المنتج {facts.return_window} إلى {shop}.
        الهاتف: {phone}
      en: |
        Return the item to {shop} {facts.return_window}.
        Phone: {phone}
    examples:
      fa:
        formal: |
          چگونه کالا را مرجوع کنم؟

          شرایط پس دادن جنس
        finglish: |
          chetori pas bedam
      ar:
        msa: |
          كيف أعيد المنتج؟
      en:
        plain: |
          how do I return an item
"""

CONTACT = """\
topic: contact
title: {fa: تماس, ar: التواصل, en: Contact}
questions:
  - id: contact_hours
    title: {fa: ساعت کار, ar: ساعات العمل, en: Hours}
    answer:
      fa: "{hours.phone}\\n{status.phone}"
      ar: "{hours.phone}\\n{status.phone}"
      en: "{hours.phone}\\n{status.phone}"
    examples:
      fa: {formal: ساعت کاری شما چیست؟}
      ar: {gulf: متى تفتحون؟}
      en: {plain: when are you open}
"""

ACTS = """\
acts:
  - id: greet
    examples:
      fa: {formal: سلام}
      ar: {msa: السلام عليكم}
      en: {plain: hello}
"""

WORDS = """\
words:
  welcome: {fa: "به {shop} خوش آمدید.", ar: "أهلًا بكم في {shop}.", en: "Welcome to {shop}."}
  ticket_opened:
    fa: "تیکت {reference} ثبت شد."
    ar: "سُجّلت التذكرة {reference}."
    en: "Ticket {reference} is open."
"""

BAZAAR = """\
id: bazaar
name: {fa: بازارک, ar: بازارك, en: Bazaarak}
language: fa
time_zone: Asia/Tehran
calendar: jalali
country: IR
order_number: '[0-9]{8,9}'
site: https://bazaar.example
top_questions: [contact_hours]
channels:
  phone:
    name: {fa: تلفن, ar: الهاتف, en: Phone}
    address: ["021-1110000", "021-2220000"]
    hours: {every_day: "09:00-21:00"}
    response: {fa: حداکثر ۵ دقیقه, ar: خلال 5 دقائق, en: within 5 minutes}
  chat:
    name: {fa: چت, ar: الدردشة, en: Chat}
    hours: always
  seller_phone:
    name: {fa: تلفن فروشندگان, ar: هاتف البائعين, en: Seller line}
    address: 021-3330000
    hours: {sat: "08:00-24:00", thu: "08:00-12:00, 16:00-20:00"}
    audience: seller
closing_days:
  public_holidays: true
  own:
    - {date: 2026-11-25, name: {fa: انبارگردانی, ar: يوم الجرد, en: stocktaking}}
facts:
  return_window: {fa: تا ۷ روز, ar: خلال 7 أيام, en: within 7 days}
"""

DUKKAN = """\
id: dukkan
name: {fa: دکان, ar: دكان, en: Dukkan}
language: ar
time_zone: Asia/Riyadh
calendar: hijri
country: SA
order_number: '[0-9]{8,9}'
site: https://dukkan.example
channels:
  phone:
    name: {fa: تلفن, ar: الهاتف, en: Phone}
    address: 800-555-0100
    hours: {every_day: "18:00-02:00"}
answers:
  returns_how:
    fa: "{shop} کالا را از در خانه می‌برد."
    ar: "{shop} يأخذ المنتج من بابكم."
    en: "{shop} collects the item at your door."
"""

FILES = {
    "data/faq/contact.yml": CONTACT,
    "data/faq/returns.yml": RETURNS,
    "data/dialogue/acts.yml": ACTS,
    "data/dialogue/words.yml": WORDS,
    "data/shops/bazaar.yml": BAZAAR,
    "data/shops/dukkan.yml": DUKKAN,
}


@dataclass(frozen=True)
class Project:
    """A project folder whose files a test can spoil."""

    root: Path

    def write(self, file: str, content: str | bytes) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def edit(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        self.write(file, text.replace(old, new, 1))

    def messages(self) -> list[str]:
        return [str(problem) for problem in problems(self.root)]

    def load(self) -> Knowledge:
        return load(self.root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    for file, content in FILES.items():
        made.write(file, content)
    return made


@pytest.fixture
def knowledge(project: Project) -> Knowledge:
    return project.load()
