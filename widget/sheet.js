/* ---------- Topics and options ---------- */

/** The sheet over the transcript: topics, their questions, and what else can be done. */
class Sheet {
  #on; #topics = []; apps = [];
  element = h("section", { class: "sheet", hidden: true, "aria-labelledby": "sheet" });
  /** on: ask(question), go(app), ticket(), renew(), save(), toggled(open). */
  constructor(on) { this.#on = on; }
  set topics(topics) { this.#topics = topics ?? []; }
  get isOpen() { return !this.element.hidden; }

  open(topic) {
    const rows = topic
      ? topic.questions.map((question) => this.#row(question.title, "next", () => this.#done(() => this.#on.ask(question))))
      : this.#topics.map((one) => this.#row(one.title, "next", () => this.open(one)));
    const options = topic ? [] : [
      this.#row(say("ticket"), "file", () => this.#done(this.#on.ticket)), this.#row(say("new_conversation"), "fresh", () => this.#done(this.#on.renew)), this.#row(say("save"), "save", () => this.#done(this.#on.save)),
      ...this.apps.map((app) => this.#row(app.title, "send", () => this.#done(() => this.#on.go(app))))];
    const back = h("button", { type: "button", class: "tool", "aria-label": say("back"), title: say("back"), onclick: () => this.back(topic) }, icon("next"));
    this.element.replaceChildren(
      h("div", { class: "top" }, back, h("h3", { id: "sheet" }, topic?.title ?? say(rows.length ? "topics" : "options"))),
      h("div", { class: "rows" }, ...rows), h("div", { class: "rows options" }, ...options));
    this.element.hidden = false;
    this.element.scrollTop = 0;
    this.#on.toggled(true);
    back.focus();
  }
  /** One step back: from the questions to the topics, from there to the chat. */
  back(topic) { if (topic) this.open(); else this.close(); }
  close() {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.#on.toggled(false);
  }
  #done(run) { this.close(); run(); }
  #row(title, name, onclick) {
    return h("button", { type: "button", class: "row", onclick }, fill(h("span", { dir: directionOf(title) }), title), icon(name));
  }
}
