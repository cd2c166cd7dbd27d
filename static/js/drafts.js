// What somebody typed, kept on this device until the portal has acknowledged it, in localStorage:
//   draft:NAME   what stands in a form that was not sent yet: {fields, at, key}, and for whoever looks for it
//                {title, page: where its form stands, of: whose it is}
//   draft:NAME~…  the same, of a form whose name holds other words that nobody has answered for yet
// What was sent and did not arrive is in outbox.js.
// A full or forbidden storage (private mode) is no error: keep() says false and the form stays as it is.

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    storage().setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function kept(name) {
  try {
    return JSON.parse(storage().getItem(name));
  } catch {
    return null;
  }
}

export function drop(name) {
  try {
    storage().removeItem(name);
  } catch {
    // nothing was kept there
  }
}

export function namesFrom(start) {
  try {
    return Object.keys(storage()).filter((name) => name.startsWith(start));
  } catch {
    return [];
  }
}

export const draftName = (form) => `draft:${form.dataset.draft}`;

/** A name of its own for words of the form, beside what its name holds already. */
export const besideName = (form) => `${draftName(form)}~${Date.now()}`;

/** All that is kept of the form, each with its name: what its own name holds first. */
export function draftsOf(form) {
  const names = [draftName(form), ...namesFrom(`${draftName(form)}~`).sort()];
  return names.map((name) => ({ name, ...kept(name) })).filter((draft) => draft.fields);
}

/** Every draft that this page shows as stored is done with: by its client key, or by name. Returns the keys shown. */
export function dropAcknowledged(root = document) {
  for (const place of root.querySelectorAll("[data-done]")) drop(`draft:${place.dataset.done}`);
  const keys = new Set([...root.querySelectorAll("[data-client-key]")].map((place) => place.dataset.clientKey));
  if (root.dataset?.clientKey) keys.add(root.dataset.clientKey);
  if (keys.size) for (const name of namesFrom("draft:")) if (keys.has(kept(name)?.key)) drop(name);
  return keys;
}

/** A client key. randomUUID needs a secure page; a hall's own server may be plain http. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
