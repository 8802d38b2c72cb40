/* ---------- Photos and videos on their way ---------- */

const LONGEST_SIDE = 2048; // pixels of a photo that is sent

/** The files of the next message: chosen, made smaller, sent, each to be taken away again. */
class Tray {
  #files = []; #limits; #chat; #changed;
  element = h("div", { class: "tray", role: "group", "aria-label": say("attachments") });
  picker = h("input", { type: "file", multiple: true, hidden: true, onchange: () => { this.add(this.picker.files); this.picker.value = ""; } });
  constructor(chat, changed) { [this.#chat, this.#changed] = [chat, changed]; }

  /** What the desk takes: { per_message, photo_types, photo_bytes, video_types, video_bytes }; none, nothing. */
  set limits(limits) {
    this.#limits = limits;
    this.picker.accept = [...(limits?.photo_types ?? []), ...(limits?.video_types ?? [])].join();
  }
  get takes() { return Boolean(this.#limits); }
  get busy() { return this.#files.some(({ id, bad }) => !id && !bad); }
  get ready() { return this.#files.filter(({ id }) => id).map(({ id, file: { name, type, size } }) => ({ id, name, type, size })); }
  clear() { this.#files = []; this.element.replaceChildren(); }
  add(files) { if (this.#limits) for (const file of files) this.#send({ file, id: null, bad: false, cancel() {} }); }

  async #send(one) {
    const { name, type } = one.file;
    const bar = h("progress", { max: "1", value: "0", "aria-label": say("uploading", { name }) });
    const told = h("div", {}, h("p", { class: "name" }, h("bdi", {}, name)), bar);
    const row = h("div", { class: "upload" }, icon(type.startsWith("video/") ? "video" : "file"), told,
      h("button", { type: "button", class: "tool", "aria-label": say("remove", { name }), onclick: () => this.#remove(one, row) }, icon("close")));
    this.#files.push(one);
    this.element.append(row);
    this.#changed();
    try {
      await this.#prepare(one, row);
      const conversation = await this.#chat.ensure();
      if (one.gone) return;
      const { done, cancel } = this.#chat.api.upload(conversation, one.file, (share) => (bar.value = share));
      one.cancel = cancel;
      one.id = (await done).id;
      bar.replaceWith(h("span", { role: "status" }, say("uploaded")));
    } catch (error) {
      one.bad = true;
      const why = error.status === 404 ? say("attachments_off") : (error.status || error.said) && error.message;
      bar.replaceWith(h("span", { class: "bad", role: "alert" }, why || say("file_failed")));
    }
    this.#changed();
  }
  #remove(one, row) {
    one.gone = true;
    one.cancel();
    this.#files = this.#files.filter((other) => other !== one);
    row.remove();
    this.#changed(true);
  }
  /** Makes a photo smaller and checks what the desk would refuse. */
  async #prepare(one, row) {
    const { per_message, photo_types, photo_bytes, video_types, video_bytes } = this.#limits;
    const refuse = (text) => { throw Object.assign(new Error(text), { said: true }); };
    if (this.#files.filter(({ bad }) => !bad).length > per_message) refuse(say("file_count", { files: count(per_message) }));
    const bitmap = one.file.type.startsWith("image/") && await createImageBitmap(one.file).catch(() => null);
    if (bitmap) {
      row.firstChild.replaceWith(thumbnail(bitmap));
      one.file = await smaller(one.file, bitmap);
    }
    const { type, size } = one.file;
    const photo = photo_types.includes(type);
    if (!photo && !video_types.includes(type)) refuse(say("file_type"));
    const most = photo ? photo_bytes : video_bytes;
    if (size > most) refuse(say("file_size", { limit: count(Math.floor(most / 1e6)) }));
  }
}

/** A small picture drawn here: an address of its own would need the leave of the page's policy. */
function thumbnail(bitmap) {
  const canvas = h("canvas", { width: "88", height: "88", "aria-hidden": "true" });
  const side = Math.min(bitmap.width, bitmap.height);
  canvas.getContext("2d").drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, 88, 88);
  return canvas;
}
/** A photo as it is worth sending over a slow line: no larger than needed, without the place it was taken at. */
async function smaller(file, bitmap) {
  if (file.type === "image/gif" || (file.type === "image/png" && file.size < 5e5)) return file;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = h("canvas", { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  return blob ? new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" }) : file;
}
