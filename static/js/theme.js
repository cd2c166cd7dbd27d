// The light, dark or system switch takes effect at once. The cookie is the one the server reads
// (hearing_portal.web.http.reader_choices), so the next page comes in the right colours without a flash.
const YEAR = 365 * 24 * 3600;
const MEDIA = { system: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };

function show(choice) {
  const dark = document.querySelector("link[data-dark]");
  if (dark) dark.media = MEDIA[choice];
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}

for (const form of document.querySelectorAll("[data-theme-switch]")) {
  form.addEventListener("submit", (event) => {
    const choice = event.submitter?.value;
    if (!choice) return;
    event.preventDefault();
    show(choice);
    document.cookie = `theme=${choice}; path=/; max-age=${YEAR}; samesite=lax`;
    for (const button of form.querySelectorAll("button[name=choice]")) {
      button.setAttribute("aria-pressed", String(button.value === choice));
    }
  });
}
