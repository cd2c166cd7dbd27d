// A clause or section that was just shifted has the focus again, on the button that shifted it, so that it can be pressed again.
// Alt with an arrow shifts the one that has the focus; the buttons of its menu do the same.
// A press on the words of a clause or a step goes where the link that writes them leads.
const DIRECTIONS = { ArrowUp: "up", ArrowDown: "down" };

const buttonOf = (menu, direction) => menu?.querySelector(`button[name=direction][value=${direction}]`);

// Going to the fragment of the address takes the focus away, at the latest when the page is loaded
window.addEventListener("load", () => {
  const moved = document.querySelector("[data-did]");
  if (!moved) return;
  const again = buttonOf(moved, moved.dataset.did) ?? moved.querySelector("summary");
  requestAnimationFrame(() => again.focus({ preventScroll: true }));
});

document.addEventListener("keydown", (event) => {
  const direction = DIRECTIONS[event.key];
  if (!direction || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const clause = document.activeElement?.closest(".clause, .outline__row");
  const button = buttonOf(clause?.querySelector("[data-menu]"), direction);
  if (!button) return;
  event.preventDefault();
  if (!event.repeat) button.form.requestSubmit(button);
});

const OWN_ACTS = "a, button, summary, details, form, label, input, select, textarea";

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (event.target.closest(OWN_ACTS) || !getSelection().isCollapsed) return; // words are marked to be copied, too
  // Where a drag ends in its own clause, the press is on what holds the words
  const words = event.target.closest(".clause__text > *, .step-table__row > *");
  const whole = words?.matches(".step-table__row > *") ? ".part" : ".clause";
  words?.closest(whole)?.querySelector("[data-write]")?.click();
});
