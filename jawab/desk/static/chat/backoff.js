// Waiting before another try: longer each time, never all at once.

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

export function waitTime(failures) {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return full * (0.5 + Math.random() / 2);
}

// Resolves after the time, or earlier when the function given to `keep` is called.
export function pause(ms, keep = () => {}) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    keep(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
