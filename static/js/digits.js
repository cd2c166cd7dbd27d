// The digits this reader chose, for what scripts say. Pages come in them from the portal.
const thai = "๐๑๒๓๔๕๖๗๘๙";

/** `words` in the reader's digits; not for what holds codes or addresses. */
export function inDigitsOfReader(words) {
  if (document.documentElement.dataset.digits !== "thai") return words;
  return words.replace(/[0-9]/g, (digit) => thai[digit]);
}
