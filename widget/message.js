/* ---------- One message ---------- */

const WHO = { shopper: "you", bot: "assistant", agent: "agent" };
const TIME = new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit" });

/** A message as it is seen: text, files, the time and what can be done, suggestions. */
class MessageNode {
  #entry; #foot = h("div", { class: "foot" }); #under = h("div"); #chips; #acts; #state = null;

  /** on: press(button), topics(), mend(item), speak(text); `welcome` marks the first greeting. */
  constructor(entry, { chat, on, welcome, topics }) {
    const { message: { id, author, text, buttons = [], attachments = [] }, past } = entry;
    Object.assign(this, { chat, on });
    this.#entry = entry;
    this.#chips = buttons.map((button) => h("button", { type: "button", class: "chip", onclick: () => on.press(button) },
      fill(h("span", { dir: directionOf(button.title) }), button.title), welcome ? icon("next") : null));
    this.#acts = author === "shopper" || past ? [] : [this.#copy(text)];
    if (author === "bot" && !past && !welcome) this.#acts.push(...this.#thumbs(id));
    this.element = h("div", { class: `message ${author}${welcome ? " welcome" : ""}` },
      h("span", { class: "unseen" }, `${say(WHO[author])}: `),
      text?.trim() ? h("div", { class: "bubble" }, ...paragraphs(text, author !== "shopper")) : null,
      attachments.length ? h("div", { class: "files" }, ...attachments.map((file) => this.#file(file, id))) : null,
      this.#foot, this.#under,
      buttons.length ? h("div", { class: "chips", role: "group", "aria-label": say("suggestions") }, ...this.#chips) : null,
      welcome && topics ? h("div", { class: "rows" }, h("button", { type: "button", class: "row all", onclick: on.topics },
        h("span", {}, say("all_topics")), icon("menu"))) : null);
  }

  /** Shows how far a message of the shopper is, and whether the suggestions can be chosen. */
  update({ item }, { active, away }) {
    for (const chip of this.#chips) chip.disabled = !active;
    const state = item?.failed ? "failed" : item ? (away ? "waiting" : "sending") : "said";
    if (state === this.#state) return;
    this.#state = state;
    this.element.classList.toggle("sending", Boolean(item) && state !== "failed");
    this.element.classList.toggle("failed", state === "failed");
    const at = new Date(this.#entry.message.at);
    if (state === "said") this.#foot.replaceChildren(h("time", { datetime: at.toISOString() }, TIME.format(at)), ...this.#acts);
    else if (state !== "failed") this.#foot.replaceChildren(h("span", {}, say(state)));
    else this.#foot.replaceChildren(h("span", { role: "alert" }, item.failed), h("button", { type: "button", class: "again", onclick: () => this.on.mend(item) }, say("mend")));
  }

  #act(kind, name, label, onclick) {
    return h("button", { type: "button", class: `act ${kind}`, "aria-label": label, title: label, onclick }, icon(name));
  }

  #copy(text) {
    const button = this.#act("copy", "copy", say("copy"), async () => {
      try { await navigator.clipboard.writeText(text); } catch {
        const field = h("textarea", { class: "unseen" }); // where the page may not use the clipboard
        field.value = text;
        this.element.append(field);
        field.select();
        document.execCommand("copy");
        field.remove();
        button.focus();
      }
      button.replaceChildren(icon("check"));
      this.on.speak(say("copied"));
      setTimeout(() => button.replaceChildren(icon("copy")), 2000);
    });
    return button;
  }

  #thumbs(id) {
    const thumbs = ["up", "down"].map((value) => this.#act(value, "thumb", say(value === "up" ? "helpful" : "unhelpful"), async () => {
      this.#under.replaceChildren(...(value === "down" ? [this.#why(vote)] : []));
      if (value === "down") this.#under.querySelector("button").focus();
      if (await vote(value) && value === "up") this.#note("thanks");
    }));
    const mark = () => thumbs.forEach((thumb, at) => thumb.setAttribute("aria-pressed", this.chat.votes[id] === ["up", "down"][at]));
    const vote = async (value, more) => {
      try {
        await this.chat.vote(id, value, more);
        return true;
      } catch (error) {
        if (error.status === 404 || error.status === 405) thumbs.forEach((thumb) => thumb.remove()); // a desk that asks for none
        this.#note("feedback_failed", error.message && error.status ? error.message : undefined);
        return false;
      } finally {
        mark();
      }
    };
    mark();
    return thumbs;
  }
  #note(key, text = say(key)) { this.#under.replaceChildren(h("p", { class: "foot", role: "status" }, text)); }

  /** Asks what was wrong with an answer. */
  #why(vote) {
    let reason;
    const comment = h("textarea", { dir: "auto", maxlength: "1000", placeholder: say("comment"), "aria-label": say("comment") });
    const reasons = ["wrong", "unclear", "incomplete", "other"].map((name) => h("button", { type: "button", class: "chip", "aria-pressed": "false",
      onclick: ({ currentTarget }) => {
        reason = name;
        for (const other of reasons) other.setAttribute("aria-pressed", other === currentTarget);
      } }, say(`reason_${name}`)));
    return h("form", { class: "why", onsubmit: async (event) => {
      event.preventDefault();
      if (!await vote("down", { reason, comment: comment.value.trim() || undefined })) return;
      this.#note("thanks");
      this.#foot.querySelector(".down")?.focus();
    } }, h("p", {}, say("why")), h("div", { class: "chips", role: "group", "aria-label": say("why") }, ...reasons), comment, h("button", { class: "submit" }, say("submit")));
  }

  /** A photo or a video of the desk; a link where the page's policy shows none. */
  #file({ id: file, name, type, url }, message) {
    const photo = type.startsWith("image/");
    const card = (href) => h(href ? "a" : "div", { class: "file", href, target: "_blank", rel: "noopener" }, icon(photo ? "file" : "video"), h("bdi", {}, name));
    const address = (given) => { const { origin, href } = new URL(given ?? "data:,", DESK); return origin === DESK ? href : null; };
    const src = address(url);
    if (!src) return card();
    const shown = photo ? h("img", { src, alt: name, loading: "lazy" }) : h("video", { src, controls: true, preload: "metadata", "aria-label": name });
    const element = photo ? h("a", { href: src, target: "_blank", rel: "noopener" }, shown) : shown;
    let tries = 0;
    shown.addEventListener("error", async () => { // the address has run out, or the policy forbids it
      const fresh = tries++ ? null : await this.chat.refreshed(message).catch(() => null);
      const again = address(fresh?.attachments.find(({ id }) => id === file)?.url);
      if (!again) return element.replaceWith(card(shown.src));
      shown.src = element.href = again;
    });
    return element;
  }
}
