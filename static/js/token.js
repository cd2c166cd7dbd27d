// A page that stood open while another tab signed in holds an old token; htmx sends the one of now.
function token() {
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
