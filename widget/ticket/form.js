/*
 * The ticket form of the widget, a module that /widget.js imports when a shopper first wants it.
 * The desk puts its words and its style sheet in (jawab/desk/widget.py). What is wrong with an answer is said by the desk alone,
 * field by field, so that there is one truth about it.
 */
const BAKED = null; // the desk puts its version, the words and the style sheet here

const MOST = { message: 4000, name: 100, email: 254, phone: 32, order_number: 32 };

/** The form over the transcript: asks what a ticket needs, keeps it in the tab until it is sent, and shows the reference. */
export class TicketForm {
  page = false; // whether it was asked for on a page of the desk
  #is; #on; #tray; #controls = {}; #topics = null; #form = null;

  /**
   * is: { h, icon, fill, lang, chat, tab, id, tray }, parts of the widget.
   * on: toggled(open), speak(text).
   */
  constructor(is, on) {
    [this.#is, this.#on] = [is, on];
    this.element = is.h("section", { class: "sheet ticket", hidden: true, "aria-labelledby": "ticket-title" });
    this.#tray = is.tray(() => this.#ready());
  }

  /** The style sheet of the form, for the shadow root it is put into. */
  static get style() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(BAKED.style);
    return sheet;
  }

  get isOpen() { return !this.element.hidden; }

  async open() {
    this.element.hidden = false;
    this.#on.toggled(true);
    this.#show(this.#is.h("p", { class: "hint", role: "status" }, this.#say("loading")));
    this.element.querySelector("button").focus();
    try {
      this.#topics ??= (await this.#is.chat.api.ticketTopics()).topics;
    } catch (error) {
      const again = this.#is.h("button", { type: "button", class: "submit", onclick: () => this.open() }, this.#say("again"));
      this.#show(this.#is.h("p", { class: "wrong", role: "alert" }, error.message && error.status ? error.message : this.#say("load_failed")), again);
      return;
    }
    this.#ask();
  }
  close() {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.#on.toggled(false);
  }

  #say(key, values = {}) {
    return BAKED.words[this.#is.lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }
  #show(...parts) {
    const { h, icon } = this.#is;
    const back = h("button", { type: "button", class: "tool", "aria-label": this.#say("back"), title: this.#say("back"), onclick: () => this.close() }, icon("next"));
    this.element.replaceChildren(h("div", { class: "top" }, back, h("h3", { id: "ticket-title", tabindex: "-1" }, this.#say("title"))), ...parts);
    this.element.scrollTop = 0;
  }

  /* -- Asking -- */

  #ask() {
    const { h, tab } = this.#is;
    const kept = tab.read("ticket") ?? {};
    const said = h("p", { class: "wrong", role: "alert" });
    const attach = h("button", { type: "button", class: "chip", onclick: () => this.#tray.picker.click() }, this.#is.icon("attach"), this.#say("attach"));
    const send = h("button", { class: "submit" }, this.#say("send"));
    this.#form = h("form", { class: "fields", novalidate: true, oninput: () => this.#keep(), onsubmit: (event) => { event.preventDefault(); this.#send(said, send); } },
      this.#select("topic", this.#topics, kept.topic, () => this.#narrow()),
      h("div", { class: "narrower" }),
      this.#input("message", { tag: "textarea", rows: "4", value: kept.message }),
      this.#input("order_number", { inputmode: "numeric", autocomplete: "off", dir: "ltr", value: kept.order_number }),
      this.#input("name", { autocomplete: "name", value: kept.name }),
      h("fieldset", {}, h("legend", {}, this.#say("contact")),
        this.#input("phone", { type: "tel", autocomplete: "tel", dir: "ltr", value: kept.phone }),
        this.#input("email", { type: "email", autocomplete: "email", dir: "ltr", value: kept.email })),
      this.#tray.takes ? h("div", { class: "adding" }, attach, this.#tray.picker, this.#tray.element) : null,
      said, send);
    this.#show(h("p", { class: "hint" }, this.#say("lead")), this.#form);
    this.#narrow(kept.subtopic);
    this.#controls.topic.focus();
  }

  #labelled(name, control, hint) {
    const { h } = this.#is;
    control.id = `ticket-${name}`;
    control.setAttribute("aria-describedby", `ticket-${name}-wrong`);
    this.#controls[name] = control;
    return h("div", { class: "labelled" },
      h("label", { for: control.id }, this.#say(name), h("span", { class: "hint" }, hint ?? "")),
      control, h("p", { id: `ticket-${name}-wrong`, class: "wrong" }));
  }
  #input(name, { tag = "input", value = "", ...attributes }) {
    const control = this.#is.h(tag, { dir: "auto", maxlength: MOST[name], ...attributes });
    control.value = value;
    return this.#labelled(name, control, ["email", "phone"].includes(name) ? "" : undefined);
  }
  #select(name, entries, chosen, onchange) {
    const { h } = this.#is;
    const control = h("select", { onchange }, h("option", { value: "" }, this.#say("choose")),
      ...entries.map(({ id, title }) => h("option", { value: id }, title)));
    control.value = entries.some(({ id }) => id === chosen) ? chosen : "";
    return this.#labelled(name, control);
  }
  /** The second list hangs on the first; so does whether an order number is needed. */
  #narrow(chosen) {
    const topic = this.#topics.find(({ id }) => id === this.#controls.topic.value);
    const below = this.#form.querySelector(".narrower");
    delete this.#controls.subtopic;
    below.replaceChildren(...(topic?.subtopics?.length ? [this.#select("subtopic", topic.subtopics, chosen, () => this.#keep())] : []));
    const number = this.#controls.order_number;
    number.toggleAttribute("required", Boolean(topic?.needs_order_number));
    this.#form.querySelector(`label[for="${number.id}"] .hint`).textContent = topic?.needs_order_number ? "" : this.#say("optional");
    this.#keep();
  }
  get #values() {
    return Object.fromEntries(Object.entries(this.#controls).map(([name, control]) => [name, control.value.trim()]).filter(([, value]) => value));
  }
  /** What is written stays in this tab, under the id it will be sent by: sent again, it is the same ticket. */
  #keep() {
    const { tab, id } = this.#is;
    tab.write("ticket", { ...this.#values, client_id: tab.read("ticket")?.client_id ?? id() });
  }
  #ready() {
    const send = this.#form?.querySelector(".submit");
    if (send) send.disabled = this.#tray.busy;
  }

  /* -- Sending -- */

  async #send(said, send) {
    const { chat, tab } = this.#is;
    this.#keep();
    this.#mark({});
    said.textContent = "";
    send.disabled = true;
    send.textContent = this.#say("sending");
    try {
      const attachments = this.#tray.ready.map(({ id }) => id);
      const ticket = await chat.api.openTicket(await chat.ensure(), { topic: "", ...this.#values, attachments, page: this.page, client_id: tab.read("ticket").client_id });
      tab.write("ticket");
      this.#tray.clear();
      this.#done(ticket);
    } catch (error) {
      said.textContent = (error.status && error.message) || this.#say("failed");
      this.#mark(error.fields ?? {});
      send.textContent = this.#say("send");
      send.disabled = false;
    }
  }
  /** Shows under each field what the desk says of it, and goes to the first. */
  #mark(wrong) {
    let first = null;
    for (const [name, control] of Object.entries(this.#controls)) {
      control.setAttribute("aria-invalid", name in wrong);
      control.parentNode.querySelector(".wrong").textContent = wrong[name] ?? "";
      if (name in wrong) first ??= control;
    }
    first?.focus();
  }
  #done({ reference, promised }) {
    const { h, icon } = this.#is;
    const copy = h("button", { type: "button", class: "chip", onclick: async () => {
      try { await navigator.clipboard.writeText(reference); } catch { return getSelection().selectAllChildren(code); }
      this.#on.speak(this.#say("copied"));
      copy.replaceChildren(icon("check"), this.#say("copied"));
    } }, icon("copy"), this.#say("copy"));
    const code = h("bdi", { class: "reference", dir: "ltr" }, reference);
    this.#show(h("div", { class: "opened" }, icon("check"), h("p", {}, this.#say("opened")), code, h("p", { class: "hint" }, this.#say("promised", { date: promised })),
      h("div", { class: "chips" }, copy, h("button", { type: "button", class: "submit", onclick: () => this.close() }, this.#say("back_to_chat")))));
    this.#on.speak(`${this.#say("opened")} ${reference}`);
    this.element.querySelector("h3").focus();
  }
}
