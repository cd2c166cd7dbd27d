// A field that narrows what selects offer, as one types: <input data-narrows="id_office id_speaker">. Without this the
// button beside the field asks the server for the same. What was found is told in [data-narrowed].
import { inDigitsOfReader } from "./digits.js";

const input = document.querySelector("[data-narrows]");
const selects = input
  ? input.dataset.narrows.split(" ").map((id) => document.getElementById(id)).filter(Boolean)
  : [];
const [offices, people] = selects;
const told = document.querySelector("[data-narrowed]");
const all = new Map(selects.map((select) => [select, [...select.options]]));

// ๕ and 5, ฏ and ฎ, capitals and a mark typed twice are one; blanks are left out
function form(text) {
  const letters = text.normalize("NFC").toLowerCase().replace(/\s+/g, "").replaceAll("ฏ", "ฎ");
  return letters.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit)).replace(/([ัิ-ฺ็-๎])\1+/g, "$1");
}

// "นางสมศรี ใจดี (สพป.ลำปาง เขต 1)": the office somebody speaks for
const officeOf = (option) => option.text.slice(option.text.lastIndexOf("(") + 1, -1);

function offer(select, options) {
  const chosen = select.value;
  select.replaceChildren(all.get(select)[0], ...options);
  const stays = options.some((option) => option.value === chosen);
  select.value = stays ? chosen : options.length === 1 ? options[0].value : "";
}

function tell(words, offices, persons) {
  if (!told) return;
  if (!words) told.textContent = "";
  else if (!offices && !persons) told.textContent = "ไม่พบ สพท. หรือผู้แทนตามที่พิมพ์ ลองพิมพ์เฉพาะบางส่วนของชื่อ";
  else told.textContent = inDigitsOfReader(`พบ สพท. ${offices} เขต ผู้แทน ${persons} คน โปรดเลือกจากรายการ`);
}

function narrow() {
  const parts = input.value.split(/\s+/).map(form).filter(Boolean);
  const fits = (option) => option.value && parts.every((part) => form(option.text).includes(part));
  const persons = all.get(people).filter(fits);
  const theirs = new Set(parts.length ? persons.map(officeOf) : []);
  const found = all.get(offices).filter((option) => option.value && (fits(option) || theirs.has(option.text)));
  const isNobody = !persons.length && !found.length;
  input.setAttribute("aria-invalid", String(isNobody));
  tell(parts.length, found.length, persons.length);
  if (isNobody) return;
  offer(offices, found);
  offer(people, persons);
}

if (offices && people) {
  input.addEventListener("input", narrow);
  // Who speaks says for which office
  people.addEventListener("change", () => {
    const office = people.value && officeOf(people.selectedOptions[0]);
    const option = all.get(offices).find((each) => each.text === office);
    if (!option) return;
    if (!option.isConnected) offices.append(option);
    offices.value = option.value;
  });
}
