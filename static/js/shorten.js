// Long texts in little room, as hearing_portal/thai/shortening.py cuts them: between letters, and told apart.
const CUT = "…";
const LETTERS_BEFORE = 4; // the difference between two texts
const segmenter = new Intl.Segmenter("th", { granularity: "grapheme" });

const lettersOf = (text) => [...segmenter.segment(text.trim().replace(/\s+/g, " "))].map(({ segment }) => segment);

function common(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** Those that would look alike and are not have half from their beginning, and half from where they begin to differ. */
export function shortenApart(texts, letters) {
  const found = texts.map(lettersOf);
  const half = Math.floor(letters / 2);
  return found.map((own) => {
    if (own.length <= letters) return own.join("");
    const differs = found.map((other) => common(own, other)).filter((at) => at >= letters && at < own.length);
    if (!differs.length) return own.slice(0, letters).join("") + CUT;
    const start = Math.max(...differs) - LETTERS_BEFORE;
    return own.slice(0, half).join("") + CUT + own.slice(start, start + half).join("") + (start + half < own.length ? CUT : "");
  });
}
