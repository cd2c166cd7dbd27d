// A long stretch of Thai without a blank costs a browser much: for every line it divides all that follows into words
// anew. Such a text breaks between any two letters instead. What comes with the page is marked by the portal
// (hearing_portal/web/form_rendering.py); here, what somebody pastes, before it is laid out. What is far longer than the
// field takes is not put in at all: even broken so, hundreds of thousands of letters stop the page.
const LONGEST = 1000; // letters without a blank
const ROOM_TO_TRIM = 100_000; // letters over the field's limit, to be shortened in place

export function loosen(field, text = field.value) {
  const isUnbroken = text.length >= LONGEST && text.split(/\s/).some((stretch) => stretch.length >= LONGEST);
  field.classList.toggle("input--unbroken", isUnbroken);
}

function spoken(number) {
  return number.toLocaleString("en");
}

function refuse(field, length, limit) {
  const note = told(field) ?? document.createElement("p");
  note.className = "field__error";
  note.dataset.refusedPaste = "";
  note.setAttribute("role", "alert");
  field.after(note);
  note.textContent =
    `ข้อความที่วางทำให้ช่องนี้มี ${spoken(length)} ตัวอักษร แต่ช่องนี้รับได้ ${spoken(limit)} ตัวอักษร จึงยังไม่ได้วาง ` +
    "โปรดตัดหรือแบ่งข้อความให้สั้นลง แล้ววางอีกครั้ง";
}

function told(field) {
  return field.parentElement.querySelector("[data-refused-paste]");
}

document.addEventListener("beforeinput", (event) => {
  const { target, data } = event;
  // A key's letter is seen to on "input"
  if (target.localName !== "textarea" || !data || data.length === 1) return;
  const { value, selectionStart, selectionEnd } = target;
  const limit = Number(target.dataset.limit);
  const length = value.length - (selectionEnd - selectionStart) + data.length;
  if (limit && data.length > 1 && length > limit + ROOM_TO_TRIM) {
    event.preventDefault();
    refuse(target, length, limit);
    return;
  }
  loosen(target, value.slice(0, selectionStart) + data + value.slice(selectionEnd));
});
// A key makes no long stretch of a short one: its text is looked through once nobody types, outside the frame of the key
const PAUSE = 300; // ms
const waiting = new Map(); // {field: its timer}
document.addEventListener("input", ({ target }) => {
  if (target.localName !== "textarea") return;
  told(target)?.remove();
  clearTimeout(waiting.get(target));
  waiting.set(
    target,
    setTimeout(() => {
      waiting.delete(target);
      loosen(target);
    }, PAUSE),
  );
});
