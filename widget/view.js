/* ---------- The window ---------- */

const SMALL = matchMedia("(max-width: 30rem), (max-height: 30rem)");
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** The corner button and the window of the chat: its parts, how it opens, what is written in it. */
class View {
  #told = 0; #overflow = null; #away = false; #later = 0;

  constructor(shadow, chat) {
    this.chat = chat;
    this.tab = new Memory("sessionStorage"); // what belongs to this tab alone
    const { lang, accent, logo_url, ...known } = chat.memory.read("shop") ?? {};
    this.info = { accent, logo_url, ...(lang === LANG && known) };
    this.#build(shadow);
    this.#listen();
    this.#dress();
    this.field.value = this.tab.read("draft") ?? "";
    this.#grow();
    this.render();
  }

  get isOpen() { return this.panel.open; }

  #build(shadow) {
    const { chat } = this;
    const tool = (name, label, onclick, more) => h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick, ...more }, icon(name));
    this.badge = h("span", { class: "count", hidden: true });
    this.launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", onclick: () => (this.isOpen ? this.close() : this.open()) });
    this.mark = h("span", { class: "mark", "aria-hidden": "true" });
    this.title = h("h2", { class: "title", id: "title", tabindex: "-1", dir: "auto" });
    this.state = h("p", { class: "state" }, say("status_bot"));
    this.menu = tool("menu", say("menu"), () => (this.sheet.isOpen ? this.sheet.close() : this.sheet.open()), { "aria-expanded": "false" });
    this.notice = h("div", { class: "notice", role: "status" });
    this.transcript = new Transcript(chat, {
      press: ({ id, title }) => chat.say({ button: id, text: title }),
      topics: () => this.sheet.open(),
      mend: (item) => this.#mend(item),
      speak: (text) => this.#speak(text),
      earlier: () => this.render(),
    });
    this.sheet = new Sheet({
      ask: ({ id, title }) => { chat.say({ question: id, text: title }); this.transcript.toEnd(); },
      go: ({ id, title }) => { chat.say({ app: id, text: title }); this.transcript.toEnd(); },
      renew: () => { chat.renew(); this.transcript.restart(); },
      ticket: () => this.ticket(),
      save: () => this.#save(),
      toggled: (open) => this.#covered(open),
    });
    this.tray = new Tray(chat, (removed) => { this.#grow(); if (removed) this.field.focus(); });
    this.clip = tool("attach", say("attach"), () => this.tray.picker.click());
    this.field = h("textarea", { class: "field", rows: "1", dir: "auto", enterkeyhint: "send", placeholder: say("placeholder"), "aria-label": say("placeholder"), oninput: () => { this.#grow(); chat.types(); } });
    this.sendButton = h("button", { class: "send", "aria-label": say("send"), title: say("send") }, icon("send"));
    this.composer = h("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      this.clip, this.tray.picker, this.field, this.sendButton);
    this.spoken = h("div", { class: "unseen", role: "log", "aria-live": "polite", "aria-label": say("messages") });
    this.panel = h("dialog", { class: "panel", "aria-labelledby": "title" },
      h("header", { class: "head" }, this.mark, h("div", { class: "who" }, this.title, this.state), this.menu, tool("close", say("close"), () => this.close())),
      this.notice, h("div", { class: "middle" }, this.transcript.body, this.transcript.newest, this.sheet.element, this.over = h("div")), this.steps = h("div", { class: "steps", hidden: true }), this.tray.element, this.composer, this.spoken);
    this.root = h("div", { class: "root", dir: DIRECTION, lang: LANG }, this.panel, this.launcher);
    const style = new CSSStyleSheet(); // allowed by a policy that forbids inline styles
    style.replaceSync(BAKED.style);
    shadow.adoptedStyleSheets = [style];
    shadow.append(this.root);
  }

  #listen() {
    const { chat, panel } = this;
    const told = {
      change: () => { this.#later ||= setTimeout(() => { this.#later = 0; this.render(); }); },
      typing: (on) => this.transcript.typing(on, this.#away),
      line: (state) => this.#line(state),
      owner: ({ owner, state, agent }) => (this.state.textContent = say(owner !== "human" ? "status_bot" : state === "waiting" ? "status_waiting" : "status_agent", { name: agent ?? say("agent") })),
      over: () => this.#tell(say("over")),
      fatal: (text) => this.#tell(text || say("reconnecting"), () => chat.stream.start()),
      news: ({ author, text }) => {
        if (this.isOpen) this.#speak(`${say(WHO[author])}: ${text}`);
        this.#event("message", { author });
      },
    };
    for (const [name, run] of Object.entries(told)) chat.addEventListener(name, ({ detail }) => run(detail));
    // No shortcut of the shop's page while one types.
    for (const name of ["keydown", "keyup", "keypress"]) this.root.addEventListener(name, (event) => event.stopPropagation());
    panel.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const run = event.key === "Escape" ? () => this.#escape()
        : event.key === "Enter" && !event.shiftKey && event.target === this.field ? () => this.#submit() : null;
      if (run) { event.preventDefault(); run(); }
    });
    panel.addEventListener("cancel", (event) => { event.preventDefault(); this.#escape(); }); // a phone's back key
    for (const name of ["dragover", "dragleave", "drop", "paste"]) {
      panel.addEventListener(name, (event) => {
        const { files } = event.dataTransfer ?? event.clipboardData;
        if (name !== "paste" || files.length) event.preventDefault();
        panel.classList.toggle("drop", name === "dragover");
        this.tray.add(files);
      });
    }
    SMALL.addEventListener("change", () => { this.#dress(); if (this.isOpen) { panel.close(); this.#show(); } });
    DARK.addEventListener("change", () => this.#dress());
    for (const name of ["resize", "scroll"]) window.visualViewport?.addEventListener(name, () => this.#fit());
  }

  /** The shop as the desk describes it. */
  set shop(info) { this.info = info; this.#dress(); this.transcript.restart(); this.render(); }
  /** The shop's name, colour and logo, and the theme. */
  #dress() {
    const { accent: given, name = say("support"), logo_url: logo, topics, apps, uploads } = this.info;
    const accent = /^#[0-9a-f]{6}$/i.test(given) ? given : "#1d4ed8";
    const { theme } = SCRIPT.dataset;
    const dark = theme === "dark" || (theme !== "light" && DARK.matches);
    const on = ["#ffffff", "#10141c", "#000000"].find((ink) => contrast(accent, ink) >= 4.5);
    const colours = {
      accent, on, deep: `color-mix(in srgb, ${accent}, ${on === "#ffffff" ? "#000" : "#fff"} 20%)`,
      link: dark ? readable(accent, "#ffffff", "#222935") : readable(accent, "#000000", "#f0f2f6"),
    };
    for (const [property, colour] of Object.entries(colours)) this.root.style.setProperty(`--${property}`, colour);
    this.root.classList.toggle("dark", dark);
    this.root.classList.toggle("phone", SMALL.matches);
    this.title.textContent = name;
    this.mark.replaceChildren([...name][0]);
    const address = logo && new URL(logo, DESK);
    if (address?.origin === DESK) {
      const image = h("img", { src: address.href, alt: "", onload: () => this.mark.replaceChildren(image) });
    }
    this.sheet.topics = topics;
    this.sheet.apps = apps ?? [];
    this.tray.limits = uploads;
    this.clip.hidden = !this.tray.takes;
  }

  /** Brings everything into line with the state. */
  render() {
    const { chat } = this;
    if (this.isOpen && !document.hidden) chat.see();
    const unread = this.isOpen ? 0 : chat.unread;
    this.badge.hidden = !unread;
    this.badge.textContent = unread > 99 ? `${count(99)}+` : count(unread);
    const words = { shop: this.info.name ?? say("support"), count: count(unread) };
    this.launcher.setAttribute("aria-label", this.isOpen ? say("close") : say(unread ? "launcher_unread" : "launcher", words));
    this.launcher.setAttribute("aria-expanded", this.isOpen);
    this.launcher.replaceChildren(icon(this.isOpen ? "fold" : "chat"), this.badge);
    this.#hint(chat.asked);
    if (this.isOpen) this.transcript.render({ away: this.#away, topics: this.info.topics?.length });
  }

  /* -- Opening and closing -- */

  open({ focus = true } = {}) {
    if (this.isOpen) return;
    const before = document.activeElement;
    this.#show();
    this.tab.write("open", true);
    this.transcript.restart();
    this.render();
    this.transcript.toEnd("instant");
    this.#grow();
    if (focus) (SMALL.matches ? this.title : this.field).focus(); // a phone's keyboard would hide the welcome
    else { this.panel.getRootNode().activeElement?.blur(); before?.focus(); } // the window has taken it by itself
    this.#event("open");
  }
  close() {
    if (!this.isOpen) return;
    this.sheet.close();
    this.panel.close();
    this.tab.write("open");
    this.root.classList.remove("open");
    if (this.#overflow !== null) document.documentElement.style.overflow = this.#overflow;
    this.#overflow = null;
    this.render();
    this.launcher.focus();
    this.#event("close");
  }
  #show() {
    if (SMALL.matches) {
      this.#overflow ??= document.documentElement.style.overflow;
      document.documentElement.style.overflow = "hidden";
      this.panel.showModal(); // keeps the focus, makes the page behind inert
    } else {
      this.panel.show();
    }
    this.root.classList.add("open");
    this.#fit();
  }
  #escape() { if (this.form?.isOpen) this.form.close(); else if (this.sheet.isOpen) this.sheet.close(); else this.close(); }
  #covered(covered) {
    this.menu.setAttribute("aria-expanded", covered);
    for (const part of [this.transcript.body, this.transcript.newest, this.tray.element, this.composer]) part.inert = covered;
    if (!covered) this.menu.focus();
  }
  /** On a phone the window ends where the keyboard begins. */
  #fit() {
    const { visualViewport: seen } = window;
    const whole = !seen || !SMALL.matches || Math.abs(seen.scale - 1) > 0.01;
    this.panel.style.setProperty("--tall", whole ? "100dvh" : `${seen.height}px`);
    this.panel.style.setProperty("--top", whole ? "0px" : `${seen.offsetTop}px`);
  }
  /** The ticket form; its code comes when it is first wanted. */
  async ticket(from) {
    try {
      const { TicketForm } = await import(`${DESK}/widget-ticket.js?${BAKED.version}`);
      if (!this.form) {
        const { chat, tab } = this;
        const tray = (changed) => Object.assign(new Tray(chat, changed), { limits: this.info.uploads });
        this.form = new TicketForm({ h, icon, lang: LANG, chat, tab, id: newId, tray }, {
          toggled: (open) => { this.root.classList.toggle("asking", open); this.#covered(open); },
          speak: (text) => this.#speak(text),
        });
        const root = this.root.getRootNode();
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, TicketForm.style];
        this.over.replaceWith(this.form.element);
      }
      this.form.page = from === "page";
      this.form.open();
    } catch { this.#tell(say("reconnecting"), () => this.ticket(from)); }
  }
  #event(name, detail) { this.root.getRootNode().host.dispatchEvent(new CustomEvent(`jawab:${name}`, { detail })); }

  /* -- What is said of the conversation -- */

  /** To those who listen instead of looking: new messages only. */
  #speak(text) {
    this.spoken.append(h("p", { dir: "auto" }, text));
    while (this.spoken.childElementCount > 5) this.spoken.firstChild.remove();
  }
  #line(state) {
    if (!state || state === (this.#away || "online")) return;
    this.#away = state === "online" ? false : state;
    this.root.classList.toggle("away", Boolean(this.#away));
    this.#tell(say(this.#away || "back_online"), null, !this.#away);
    this.render();
  }
  /** A line above the transcript; a passing one goes by itself. */
  #tell(text, retry, passing = false) {
    clearTimeout(this.#told);
    const again = retry && h("button", { type: "button", class: "again", onclick: () => { this.#tell(); retry(); } }, say("retry"));
    this.notice.classList.toggle("good", passing);
    this.notice.replaceChildren(...[text && h("span", {}, text), again].filter(Boolean));
    if (passing) this.#told = setTimeout(() => this.#tell(), 2500);
  }
  #save() {
    const lines = [...this.chat.past, ...this.chat.messages].map(({ author, text, at }) =>
      `[${DAY.format(new Date(at))} ${TIME.format(new Date(at))}] ${say(WHO[author])}:\n${text}\n`);
    const href = URL.createObjectURL(new Blob(["\ufeff", lines.join("\n")], { type: "text/plain" }));
    h("a", { href, download: `${SHOP}.txt` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  }

  /* -- Writing -- */

  /** Puts words into the field, to be sent by the shopper. */
  draft(text) { this.field.value = text; this.#grow(); this.field.focus(); }
  /** Readies the field, and a phone's keyboard, for what the bot's form asks; shows how far the form is. */
  #hint(asked) {
    const { input, step, steps } = asked ?? {};
    this.field.inputMode = { tel: "tel", email: "email", order_number: "numeric" }[input] ?? "text";
    this.field.autocomplete = ["tel", "email"].includes(input) ? input : asked?.field === "name" ? "name" : "off";
    this.steps.hidden = !steps;
    if (steps) this.steps.replaceChildren(h("span", {}, say("step", { step: count(step), steps: count(steps) })), h("progress", { max: steps, value: step, "aria-hidden": "true" }));
  }
  /** The field grows with its lines, as far as the style lets it. */
  #grow() {
    const { field, tray } = this;
    this.tab.write("draft", field.value || undefined);
    field.style.blockSize = "auto";
    if (this.isOpen) field.style.blockSize = `${field.scrollHeight + 2}px`;
    this.sendButton.disabled = tray.busy || !(field.value.trim() || tray.ready.length);
  }
  #submit() {
    if (this.sendButton.disabled) return;
    const attachments = this.tray.ready;
    this.tray.clear();
    this.chat.say({ text: this.field.value, ...(attachments.length && { attachments }) });
    this.draft("");
    this.transcript.toEnd();
  }
  /** A refused message goes back into the field; a button or a question is asked once more. */
  #mend(item) {
    const { button, question, app, text = "" } = item;
    this.chat.outbox.drop(item);
    if (button || question || app) return this.chat.say({ button, question, app, text });
    this.render();
    this.draft([text, this.field.value].join("\n").trim());
  }
}
