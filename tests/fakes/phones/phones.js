// Each phone shows what its server says is in the chat, whole each time, and sends what is done with it.

const words = document.body.dataset;

function node(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(choice, press) {
  const made = node("button", "choice", choice.title);
  made.type = "button";
  made.dir = "auto";
  made.addEventListener("click", () => press(choice.id));
  return made;
}

class Phone {
  constructor(section) {
    this.section = section;
    this.app = section.dataset.app;
    this.chat = section.querySelector(".chat");
    this.field = section.querySelector("textarea");
    this.dialog = section.querySelector("dialog");
    this.editing = null;
    this.blocked = false;
    section.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
    });
    section.querySelector("input[type=file]").addEventListener("change", (event) => this.photo(event.target));
    for (const each of section.querySelectorAll("[data-do]")) {
      each.addEventListener("click", () => this.menu(each.dataset.do));
    }
    new EventSource(`/phones/${this.app}/events`).addEventListener("message", (event) => this.show(JSON.parse(event.data)));
  }

  async post(verb, body) {
    const problem = this.section.querySelector(".problem");
    problem.hidden = true;
    const whole = body instanceof Blob ? body : JSON.stringify(body ?? {});
    const answer = await fetch(`/phones/${this.app}/${verb}`, { method: "POST", body: whole, headers: { "X-Phone": this.app } })
      .catch(() => null);
    if (answer?.ok) return;
    problem.textContent = words.unreachable;
    problem.hidden = false;
  }

  send() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    if (this.editing === null) {
      this.post("say", { text });
    } else {
      this.post("edit", { entry: this.editing, text });
      this.edit(null);
    }
  }

  photo(input) {
    if (input.files.length) this.post("photo", input.files[0]);
    input.value = "";
  }

  menu(what) {
    this.section.querySelector(".menu").open = false;
    if (what === "start") this.post("say", { text: "/start" });
    else if (what === "share") this.post("share");
    else if (what === "share_other") this.post("share", { other: true });
    else if (what === "block") this.post("block", { blocked: !this.blocked });
    else if (what === "renew") this.post("renew");
    else if (what === "cancel") this.edit(null);
    else if (what === "close") this.dialog.close();
  }

  edit(entry) {
    this.editing = entry?.id ?? null;
    this.section.querySelector(".editing").hidden = this.editing === null;
    this.field.value = entry?.text ?? "";
    this.field.focus();
  }

  tap(id) {
    if (this.dialog.open) this.dialog.close();
    this.post("tap", { id });
  }

  show(state) {
    this.blocked = state.blocked;
    this.section.querySelector(".blocked").hidden = !state.blocked;
    const block = this.section.querySelector("[data-do=block]");
    if (block) block.textContent = state.blocked ? words.unblock : words.block;
    this.chat.replaceChildren(...state.entries.map((entry) => this.entry(entry)));
    const keys = state.keypad.map((choice) => button(choice, (id) => this.tap(id)));
    this.section.querySelector(".keypad").replaceChildren(...keys);
    this.chat.scrollTop = this.chat.scrollHeight;
  }

  entry(entry) {
    const item = node("li", entry.mine ? "mine" : "shop");
    const bubble = node("div", "bubble");
    if (entry.file) bubble.append(this.file(entry));
    if (entry.text) {
      const said = node("p", "said", entry.text);
      said.dir = "auto";
      bubble.append(said);
    }
    item.append(bubble);
    if (entry.label) item.append(this.list(entry));
    else if (entry.choices.length) {
      const choices = node("div", "choices");
      choices.append(...entry.choices.map((choice) => button(choice, (id) => this.tap(id))));
      item.append(choices);
    }
    if (entry.edited) item.append(node("small", "edited", words.edited));
    if (entry.mine && entry.text && this.app !== "mail") {
      const edit = node("button", "edit", words.edit);
      edit.type = "button";
      edit.addEventListener("click", () => this.edit(entry));
      item.append(edit);
    }
    return item;
  }

  file(entry) {
    if (/\.(jpe?g|png|webp)$/i.test(entry.name)) {
      const image = node("img");
      image.src = entry.file;
      image.alt = words.picture;
      image.addEventListener("load", () => { this.chat.scrollTop = this.chat.scrollHeight; });
      return image;
    }
    const link = node("a", "file", entry.name);
    link.href = entry.file;
    link.download = entry.name;
    return link;
  }

  list(entry) {
    const open = node("button", "choice opens", entry.label);
    open.type = "button";
    open.addEventListener("click", () => {
      const rows = entry.choices.map((choice) => button(choice, (id) => this.tap(id)));
      this.dialog.querySelector(".rows").replaceChildren(...rows);
      this.dialog.showModal();
    });
    return open;
  }
}

const phones = document.querySelectorAll(".phone");
for (const section of phones) new Phone(section);

const tabs = document.querySelectorAll("[data-tab]");
for (const tab of tabs) {
  tab.addEventListener("click", () => {
    for (const each of tabs) each.toggleAttribute("aria-current", false);
    tab.setAttribute("aria-current", "true");
    for (const section of phones) section.toggleAttribute("data-front", section.dataset.app === tab.dataset.tab);
  });
}
