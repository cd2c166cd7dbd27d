// A long stretch of Thai without a blank costs a browser much: for every line it divides all that follows into words
// anew. Such a text breaks between any two letters instead. What comes with the page is marked by the portal
// (hearing_portal/web/form_rendering.py); here, what somebody pastes, before it is laid out.
const LONGEST = 1000; // letters without a blank

export function loosen(field, text = field.value) {
  const isUnbroken = text.length >= LONGEST && text.split(/\s/).some((stretch) => stretch.length >= LONGEST);
  field.classList.toggle("input--unbroken", isUnbroken);
}

document.addEventListener("beforeinput", ({ target, data }) => {
  if (target.localName !== "textarea" || !data) return;
  const { value, selectionStart, selectionEnd } = target;
  loosen(target, value.slice(0, selectionStart) + data + value.slice(selectionEnd));
});
document.addEventListener("input", ({ target }) => target.localName === "textarea" && loosen(target));
