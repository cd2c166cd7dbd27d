// The nine parts: the one that is being read is marked in the list.
const links = new Map(
  [...document.querySelectorAll(".parts__link")].map((link) => [link.hash.slice(1), link]),
);

function mark(link) {
  for (const other of links.values()) {
    if (other === link) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) mark(links.get(entry.target.id));
    }
  },
  { rootMargin: "-25% 0px -70% 0px" },
);

for (const id of links.keys()) {
  const part = document.getElementById(id);
  if (part) seen.observe(part);
}
