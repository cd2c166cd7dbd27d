// Keys of who runs a session, on the pages of its meeting.
import { useKeys } from "./keys.js";

/** What cannot be undone, and what is written, is only gone to ([data-only-focus]): a key is pressed by mistake. */
function act(letter) {
  const element = document.querySelector(`[data-key="${letter}"]`);
  if (!element) return false;
  if (!("onlyFocus" in element.dataset)) element.click();
  else if (!element.dataset.focus) element.focus();
  document.getElementById(element.dataset.focus)?.focus();
  return true;
}

useKeys("console-keys", act);
