// Single keys of a page: quicker for who sits there all day. Everything has its button or link as well. They count only
// while no field has the focus, and can be switched off (WCAG 2.1.4).
const HAS_TEXT = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

const find = (selector) => document.querySelector(selector);

// The letter on the key: by what it types, else (a Thai layout) by where it lies.
function letterOf(event) {
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
  const typed = event.key.toLowerCase();
  if (/^[a-z]$/.test(typed)) return typed;
  return /^Key[A-Z]$/.test(event.code) ? event.code.at(-1).toLowerCase() : "";
}

/** `act(letter)` says whether the key did something; `name` is where the switch is kept. The page has a dialog #keys,
 * and [data-keys], [data-keys-open] and [data-keys-switch]. A key that is held down counts again where it `repeats`. */
export function useKeys(name, act, { repeats = false } = {}) {
  const isOn = () => localStorage.getItem(name) !== "off";

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const inField = event.target.closest?.(HAS_TEXT);
    if (event.key === "Escape" && inField) {
      inField.blur();
      return;
    }
    if (inField || !isOn() || document.querySelector("dialog[open], :popover-open")) return;
    const letter = letterOf(event);
    if (!letter || (event.repeat && !repeats)) return;
    if (letter === "?") find("#keys").showModal();
    else if (!act(letter)) return;
    event.preventDefault();
  });

  function showSwitch() {
    const button = find("[data-keys-switch]");
    button.textContent = isOn() ? "ปิดใช้ปุ่มลัด" : "เปิดใช้ปุ่มลัด";
    for (const key of document.querySelectorAll("[data-keys]")) key.classList.toggle("queue__keys--off", !isOn());
  }

  find("[data-keys-switch]").addEventListener("click", () => {
    localStorage.setItem(name, isOn() ? "off" : "on");
    showSwitch();
  });
  find("[data-keys-open]").addEventListener("click", () => find("#keys").showModal());
  find("[data-keys]").hidden = false;
  showSwitch();
}
