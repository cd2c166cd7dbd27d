// What somebody typed, kept on this device until the portal has acknowledged it. Two kinds, both in localStorage:
//   draft:NAME          what stands in a form that was not sent yet: {fields, at, key}
//   outbox:PERSON:KEY   a comment that was sent and did not arrive: {url, body, what, at}; it goes by itself, with
//                       the same client key, so that arriving twice makes one comment
// A full or forbidden storage (private mode) is no error: keep() says false and the form stays as it is.
const AGAIN = 20_000; // ms between two tries while something waits
const listeners = new Set();

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

function namesFrom(start) {
  try {
    return Object.keys(storage()).filter((name) => name.startsWith(start));
  } catch {
    return [];
  }
}

// --- drafts

export const draftName = (form) => `draft:${form.dataset.draft}`;

/** Every draft and waiting comment that this page shows as stored is done with: by its client key, or by name. */
export function dropAcknowledged(root = document) {
  for (const place of root.querySelectorAll("[data-done]")) drop(`draft:${place.dataset.done}`);
  const keys = new Set([...root.querySelectorAll("[data-client-key]")].map((place) => place.dataset.clientKey));
  if (root.dataset?.clientKey) keys.add(root.dataset.clientKey);
  if (!keys.size) return;
  for (const name of namesFrom("draft:")) if (keys.has(kept(name)?.key)) drop(name);
  for (const name of namesFrom("outbox:")) if (keys.has(name.split(":")[2])) drop(name);
  tell();
}

// --- the outbox

export function whenOutboxChanges(listener) {
  listeners.add(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

export function waitingOf(person) {
  return namesFrom(`outbox:${person}:`)
    .map((name) => ({ name, ...kept(name) }))
    .sort((one, other) => one.at - other.at);
}

/** Puts a comment that did not arrive in line. False when this device cannot keep it. */
export function putInOutbox(person, key, { url, body, what }) {
  const done = keep(`outbox:${person}:${key}`, { url, body, what, at: Date.now() });
  tell();
  return done;
}

let isSending = false;
let timer = 0;

/** Sends what waits, the oldest first; stops at the first that does not get through. */
export async function sendWaiting(person) {
  if (isSending) return;
  isSending = true;
  clearTimeout(timer);
  try {
    for (const item of waitingOf(person)) {
      if (item.refused) continue;
      const outcome = await send(item);
      if (outcome === "lost") break;
      if (outcome === "stored") drop(item.name);
      else keep(item.name, { ...item, refused: outcome });
      tell();
    }
  } finally {
    isSending = false;
  }
  if (waitingOf(person).some((item) => !item.refused)) timer = setTimeout(() => sendWaiting(person), AGAIN);
}

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

/** "stored" only when the answer shows our key: a hotspot's sign-in page answers 200 too. "lost": try again later. */
async function send(item) {
  try {
    const response = await fetch(item.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "HX-Request": "true",
        "X-CSRFToken": token(),
      },
      body: item.body,
    });
    const text = await response.text();
    if (response.ok && text.includes(`data-client-key="${item.name.split(":")[2]}"`)) return "stored";
    return [403, 404, 409, 413, 422].includes(response.status) ? response.status : "lost";
  } catch {
    return "lost";
  }
}
