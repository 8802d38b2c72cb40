// Time at the desk: its clock, written in the page's language, and deadlines that run.

const LOCALES = { fa: "fa-u-nu-arabext", ar: "ar-u-nu-latn", en: "en-GB" };
const TOMAN = { fa: "تومان", ar: "تومان", en: "toman" };
const SOON = 1 / 3; // of the time that was given

export const localeOf = (lang) => LOCALES[lang] ?? lang;

export class Moments {
  // `now` is the desk's clock in milliseconds when the page was made; the browser's own may be wrong.
  constructor(lang, now) {
    const locale = localeOf(lang);
    this.ahead = now - Date.now();
    this.numbers = new Intl.NumberFormat(locale, { useGrouping: false });
    this.two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false });
    this.locale = locale;
    this.hours = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
    this.days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    this.dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
    this.spans = new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" });
    this.percents = new Intl.NumberFormat(locale, { style: "percent" });
  }

  get now() {
    return Date.now() + this.ahead;
  }

  number(value) {
    return this.numbers.format(value);
  }

  hour(iso) {
    return this.hours.format(new Date(iso));
  }

  day(iso) {
    return this.days.format(new Date(iso));
  }

  // A day without an hour: "2026-01-02".
  date(iso) {
    const day = new Date(`${iso}T00:00:00Z`);
    return Number.isNaN(day.getTime()) ? iso : this.dates.format(day);
  }

  // "200000 IRT": the toman has no code of its own, so that ISO's list does not name it.
  amount(text) {
    const [, number, code] = text.match(/^([0-9.]+) ([A-Z]{3})$/) ?? [];
    if (!code) return text;
    const currency = code === "IRT" ? { minimumFractionDigits: 0 } : { style: "currency", currency: code, minimumFractionDigits: 0 };
    const written = new Intl.NumberFormat(this.locale, currency).format(Number(number));
    return code === "IRT" ? `${written} ${TOMAN[this.locale.slice(0, 2)] ?? code}` : written;
  }

  // How near a deadline is (calm, soon or late) and what is left or over: «۱:۰۵», "2:10:00".
  left(since, seconds) {
    const milliseconds = Date.parse(since) + seconds * 1000 - this.now;
    const level = milliseconds < 0 ? "late" : milliseconds < seconds * 1000 * SOON ? "soon" : "calm";
    return { level, text: this.#span(Math.floor(Math.abs(milliseconds) / 1000)) };
  }

  #span(seconds) {
    const minutes = Math.floor(seconds / 60);
    const end = `${this.two.format(minutes % 60)}:${this.two.format(seconds % 60)}`;
    if (minutes < 60) return `${this.number(minutes)}:${this.two.format(seconds % 60)}`;
    if (minutes < 24 * 60) return `${this.number(Math.floor(minutes / 60))}:${end}`;
    return this.spans.format(Math.floor(minutes / 1440));
  }
}
