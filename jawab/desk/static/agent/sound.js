// A short sound for news, off until the agent switches it on.

const SPACING_MS = 2000;
const NOTES = [[880, 0], [1175, 0.14]];

export class Sound {
  #context = null;
  #last = 0;

  constructor(button, memory) {
    this.button = button;
    this.memory = memory;
    this.#show();
    button.addEventListener("click", () => this.toggle());
    // A browser lets a page sound only after the first key or touch.
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => this.#ready(), { once: true });
  }

  get on() {
    return this.memory.choice("sound") === "on";
  }

  toggle() {
    this.memory.choice("sound", this.on ? "" : "on");
    this.#show();
    this.#last = 0;
    this.ring();
  }

  ring() {
    if (!this.on || Date.now() - this.#last < SPACING_MS) return;
    this.#last = Date.now();
    this.#ready();
    const context = this.#context;
    for (const [pitch, after] of NOTES) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const at = context.currentTime + after;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.08, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.25);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.3);
    }
  }

  #ready() {
    if (!this.on) return;
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume().catch(() => {});
  }

  #show() {
    this.button.setAttribute("aria-pressed", String(this.on));
  }
}
