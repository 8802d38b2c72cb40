// Elements with text in them; texts of people go in as text, never as markup.

export function node(name, { text, className, dir, ...properties } = {}, ...children) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  if (dir) element.dir = dir;
  Object.assign(element, properties);
  element.append(...children.filter(Boolean));
  return element;
}

export function button(text, run, properties = {}) {
  const element = node("button", { type: "button", text, ...properties });
  element.addEventListener("click", async () => {
    element.disabled = true;
    try {
      await run();
    } finally {
      element.disabled = false;
    }
  });
  return element;
}

// Links to the files of a message or a ticket.
export function files(list) {
  return list.map(({ url, name }) =>
    node("a", { href: url, target: "_blank", rel: "noopener", text: name, dir: "auto" }),
  );
}

let fields = 0;

// A labelled field with a button: `send(text)` keeps the text in the field until it has succeeded.
export function writing(label, action, send, { typing } = {}) {
  const area = node("textarea", { id: `field-${++fields}`, rows: 2, dir: "auto" });
  area.dataset.draft = label; // by which a draft finds its field again
  const form = node(
    "form",
    { className: "row" },
    node("div", { className: "grow" }, node("label", { text: label, htmlFor: area.id }), area),
    node("button", { type: "submit", text: action }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (area.value.trim() === "" || form.inert) return;
    form.inert = true;
    try {
      if (await send(area.value)) area.value = "";
    } finally {
      form.inert = false;
      area.focus();
    }
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  if (typing) area.addEventListener("input", typing);
  return form;
}
