// What a form says is wrong with a field goes once the field holds something else that the browser takes as well;
// the portal looks at it again when it is sent. Put back to what was refused, it is wrong again.

function isCorrected(field) {
  if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.type === "select-one") return !field.selectedOptions[0]?.defaultSelected && field.value !== "";
  return field.value !== field.defaultValue && field.value.trim() !== "" && field.checkValidity();
}

/** What stands beside a wrong field, or beside the choices it is one of. */
const errorOf = (field) => field.closest(".field, fieldset")?.querySelector(".field__error");

/** Its lines in the summary above the form. A choice is named there by the first of them. */
function linesOf(field) {
  const summary = field.form?.querySelector(".error-summary") ?? document.querySelector(".error-summary");
  const first = field.name && field.form?.elements[field.name];
  const ids = [field.id, first?.[0]?.id].filter(Boolean);
  return [...(summary?.querySelectorAll("a[href^='#']") ?? [])].filter((link) => ids.includes(link.hash.slice(1)));
}

function show(field) {
  const error = errorOf(field);
  if (!error) return;
  const isGone = isCorrected(field);
  error.hidden = isGone;
  if (field.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", String(!isGone));
  describe(field, error, !isGone);
  for (const line of linesOf(field)) {
    line.closest("li").hidden = isGone;
    const summary = line.closest(".error-summary");
    summary.hidden = !summary.querySelector("li:not([hidden])");
  }
}

/** A hidden description is still read aloud, so the field must not name it. */
function describe(field, error, isNamed) {
  if (!error.id || !field.hasAttribute("aria-describedby")) return;
  const ids = field.getAttribute("aria-describedby").split(" ").filter((id) => id && id !== error.id);
  if (isNamed) ids.push(error.id);
  field.setAttribute("aria-describedby", ids.join(" "));
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => target.form && show(target));
}
/** What came into the page refused says why at once: in sight, above whatever sticks to the edges, and read aloud. */
export function goToRefusal(root) {
  const why = root.querySelector(".error-summary, [role=alert][autofocus]");
  // Whoever went on writing while the answer was on its way stays in their field
  if (!root.matches("[data-goes-on]")) why?.focus({ preventScroll: true });
  why?.scrollIntoView({ block: "start" });
}

// What was typed while this script was on its way
for (const field of document.querySelectorAll("[aria-invalid=true]")) if (field.form) show(field);
