// Brings a list up to date without making it anew: what stays keeps its element, and the focus.

export function keyed(list, items, key, make, update) {
  const before = new Map([...list.children].map((element) => [element.dataset.key, element]));
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  let place = null;
  for (const item of items) {
    const id = String(key(item));
    const element = before.get(id) ?? make(item);
    before.delete(id);
    element.dataset.key = id;
    update?.(element, item);
    const next = place ? place.nextElementSibling : list.firstElementChild;
    if (next !== element) list.insertBefore(element, next);
    place = element;
  }
  before.forEach((element) => element.remove());
  if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
}
