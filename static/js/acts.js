// Acts of one press ([data-act] says which): a support, the answer of an office to a show of hands. What does not arrive
// waits in the outbox as comments do, under a key by which the portal knows it again. Without a script a press that did
// not arrive is pressed again.
import { inDigitsOfReader } from "./digits.js";
import { newKey } from "./drafts.js";
import { person, putInOutbox, WILL_BE_SENT } from "./outbox.js";

const pressed = new Map(); // {form: {key, body}}: as it was sent last

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const form = detail.elt;
  if (!form.matches("form[data-act]")) return;
  const key = newKey();
  Object.assign(detail.parameters, { client_key: key, sender: person });
  const body = new URLSearchParams([...new FormData(form), ["client_key", key], ["sender", person]]);
  body.delete("csrfmiddlewaretoken");
  pressed.set(form, { key, body: body.toString() });
});

/** False where this device cannot keep it: then the page says that it was not sent. */
function queue(form) {
  const { key, body } = pressed.get(form);
  const { act: title, page } = form.dataset;
  if (!putInOutbox(key, { url: form.action, body, title, page, isPress: true })) return false;
  const note = document.createElement("p");
  note.className = "u-small";
  note.setAttribute("role", "status");
  note.textContent = inDigitsOfReader(`เก็บไว้ในเครื่องนี้แล้ว ${WILL_BE_SENT}`);
  note.tabIndex = -1;
  const hasFocus = form.contains(document.activeElement);
  for (const button of form.querySelectorAll("button")) button.remove(); // pressed once
  form.append(note);
  if (hasFocus) note.focus();
  return true;
}

const isAct = (event) => event.detail.requestConfig?.elt.matches("form[data-act]");

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(
    failure,
    (event) => {
      if (isAct(event) && queue(event.detail.requestConfig.elt)) event.stopPropagation(); // what waits is told of already
    },
    true,
  );
}
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (isAct(event) && (xhr.status === 429 || xhr.status >= 502) && queue(requestConfig.elt)) event.detail.shouldSwap = false;
});

/** It went: its place on the page says so, as after a press. */
document.addEventListener("outbox-sent", ({ detail: { key, answer } }) => {
  const [form] = [...pressed].find(([, press]) => press.key === key) ?? [];
  if (!form?.isConnected) return;
  const target = document.querySelector(form.getAttribute("hx-target"));
  const part = new DOMParser().parseFromString(answer, "text/html").getElementById(target.id);
  if (part) target.replaceWith(document.importNode(part, true));
  window.htmx.process(document.getElementById(target.id));
});
