// A page that stood open while another tab signed in (here, or at another portal of this host, which shares the
// cookie) holds an old token; what is sent carries the one of now.
export function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
}

document.addEventListener("htmx:configRequest", (event) => {
  const { verb, parameters, headers } = event.detail;
  const fresh = token();
  if (verb === "get" || !fresh) return;
  headers["X-CSRFToken"] = fresh;
  // Not `in`: htmx's parameters stand for a FormData, which has them as entries, not as properties
  if (parameters.csrfmiddlewaretoken !== undefined) parameters.csrfmiddlewaretoken = fresh;
});

document.addEventListener("submit", ({ target }) => {
  const field = target.elements.namedItem("csrfmiddlewaretoken");
  const fresh = token();
  if (field && fresh) field.value = fresh;
});
