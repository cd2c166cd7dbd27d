// Verifies an evidence pack in the browser, without the portal: the signature of its list and the hash of each file. Of the
// file that the portal made every byte is compared; of a ZIP that was packed anew and of a folder the files alone, and the
// page says so. Loaded by the portal's page, and written into the pack's own page.

const LIST = "manifest.json";
const SIGNATURE = "manifest.sig";
const KEY = "public-key.json";

const CRC = Uint32Array.from({ length: 256 }, (_, number) => {
  for (let bit = 0; bit < 8; bit++) number = number & 1 ? 0xedb88320 ^ (number >>> 1) : number >>> 1;
  return number >>> 0;
});

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function numbers(...pairs) {
  const bytes = [];
  for (const [value, size] of pairs) {
    for (let place = 0; place < size; place++) bytes.push(Math.floor(value / 256 ** place) & 255);
  }
  return bytes;
}

// What stands in both heads of a file: version, flags, stored, the first of January 1980, its sum and its sizes
function common(file) {
  const size = file.bytes.length;
  return [[20, 2], [0, 2], [0, 2], [0, 2], [33, 2], [file.crc, 4], [size, 4], [size, 4], [file.name.length, 2], [0, 2]];
}

function localHead(file) {
  return [...numbers([0x04034b50, 4], ...common(file)), ...new TextEncoder().encode(file.name)];
}

function centralHead(file) {
  return [
    ...numbers([0x02014b50, 4], [20, 1], [3, 1], ...common(file), [0, 2], [0, 2], [0, 2], [0o644 * 65536, 4], [file.offset, 4]),
    ...new TextEncoder().encode(file.name),
  ];
}

function isAt(bytes, offset, wanted) {
  return offset + wanted.length <= bytes.length && wanted.every((byte, place) => bytes[offset + place] === byte);
}

// The files of a pack as the portal made it; throws where a byte is not as it must be
export function readPack(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = [];
  let offset = 0;
  while (offset + 30 <= bytes.length && view.getUint32(offset, true) === 0x04034b50) {
    const size = view.getUint32(offset + 18, true);
    const begins = offset + 30 + view.getUint16(offset + 26, true);
    const name = new TextDecoder().decode(bytes.subarray(offset + 30, begins));
    const content = bytes.subarray(begins, begins + size);
    const file = { name, bytes: content, crc: crc32(content), offset };
    if (content.length !== size || !isAt(bytes, offset, localHead(file))) throw new Error(name);
    files.push(file);
    offset = begins + size;
  }
  const central = offset;
  for (const file of files) {
    const head = centralHead(file);
    if (!isAt(bytes, offset, head)) throw new Error(file.name);
    offset += head.length;
  }
  const end = numbers([0x06054b50, 4], [0, 4], [files.length, 2], [files.length, 2], [offset - central, 4], [central, 4], [0, 2]);
  if (offset + end.length !== bytes.length || !isAt(bytes, offset, end)) throw new Error("");
  return files;
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function findEnd(bytes, view) {
  for (let place = bytes.length - 22; place >= Math.max(0, bytes.length - 65557); place--) {
    if (view.getUint32(place, true) === 0x06054b50) return place;
  }
  throw new Error("");
}

// The files of any ZIP, by its central directory: packed anew, compressed, in another order
export async function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(bytes, view);
  const files = [];
  let offset = view.getUint32(end + 16, true);
  for (let number = view.getUint16(end + 10, true); number > 0; number--) {
    if (view.getUint32(offset, true) !== 0x02014b50) throw new Error("");
    const method = view.getUint16(offset + 10, true);
    const nameEnds = offset + 46 + view.getUint16(offset + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(offset + 46, nameEnds));
    const local = view.getUint32(offset + 42, true);
    const begins = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = bytes.subarray(begins, begins + view.getUint32(offset + 20, true));
    if (method !== 0 && method !== 8) throw new Error(name);
    const content = method === 8 ? await inflate(packed) : packed;
    if (crc32(content) !== view.getUint32(offset + 16, true)) throw new Error(name);
    if (!name.endsWith("/")) files.push({ name, bytes: content });
    offset = nameEnds + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
  return files;
}

// Named as in the list, whatever folder they stand in; without what systems put into folders by themselves
export function inFolder(files) {
  const list = files.map((file) => file.name).filter((name) => name === LIST || name.endsWith(`/${LIST}`));
  list.sort((one, other) => one.length - other.length);
  const folder = list.length ? list[0].slice(0, -LIST.length) : "";
  const own = [];
  for (const file of files) {
    const name = file.name.startsWith(folder) ? file.name.slice(folder.length) : file.name;
    const isOfSystem = name.split("/").some((part) => /^(\..*|__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(part));
    if (!isOfSystem) own.push({ name, bytes: file.bytes });
  }
  return own;
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function fingerprint(key) {
  const letters = (await sha256(new TextEncoder().encode(`${key.x}.${key.y}`))).slice(0, 20);
  return letters.match(/.{4}/g).join("-");
}

async function isSigned(key, content, signature) {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const imported = await crypto.subtle.importKey("jwk", key, algorithm, false, ["verify"]);
  const bytes = Uint8Array.from(atob(signature), (letter) => letter.charCodeAt(0));
  return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, bytes, content);
}

function decode(bytes) {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

const PACKED_ANEW = "ไฟล์ ZIP นี้ไม่ใช่ไฟล์เดิมที่ระบบจัดทำ แต่บีบอัดหรือจัดเรียงใหม่ จึงตรวจเฉพาะไฟล์ที่อยู่ภายใน";

// What verifyFiles tells of a ZIP; `note` says where it is not the file that the portal made
export async function verifyPack(bytes, trusted) {
  let files;
  let note = "";
  try {
    files = readPack(bytes);
  } catch (error) {
    try {
      files = inFolder(await readZip(bytes));
      note = PACKED_ANEW;
    } catch {
      return { whole: false, key: "", title: "", problems: [`ชุดหลักฐานถูกแก้ไขหรือเสียหาย ${error.message}`.trim()] };
    }
  }
  return await verifyFiles(files, trusted, note);
}

// {whole, key, title, head, note, problems}: `trusted` is the fingerprint of the key that is published elsewhere, or ""
export async function verifyFiles(files, trusted, note) {
  const problems = [];
  const named = new Map();
  for (const file of files) {
    if (named.has(file.name)) problems.push(`มีไฟล์ชื่อซ้ำ ${file.name}`);
    named.set(file.name, file.bytes);
  }
  let key = "";
  let listed = { files: [] };
  try {
    const publicKey = JSON.parse(decode(named.get(KEY)));
    key = await fingerprint(publicKey);
    if (!await isSigned(publicKey, named.get(LIST), decode(named.get(SIGNATURE)))) {
      problems.push("ลายมือชื่ออิเล็กทรอนิกส์ไม่ตรงกับรายการแฮช");
    }
    listed = JSON.parse(decode(named.get(LIST)));
  } catch {
    return { whole: false, key, title: "", problems: ["ไม่มีรายการแฮช ลายมือชื่ออิเล็กทรอนิกส์ หรือกุญแจที่อ่านได้"] };
  }
  if (trusted && key !== trusted) problems.push("ลงนามด้วยกุญแจอื่น ไม่ใช่กุญแจของระบบนี้");
  for (const row of listed.files) {
    const content = named.get(row.name);
    named.delete(row.name);
    if (!content) problems.push(`ขาดไฟล์ ${row.name}`);
    else if (content.length !== row.size || await sha256(content) !== row.sha256) problems.push(`ไฟล์ ${row.name} ถูกแก้ไข`);
  }
  const headed = ["edition.json", "matrix.xlsx", "audit.csv"].map((name) => listed.files.find((row) => row.name === name));
  if (listed.head && headed.every(Boolean)) {
    const hashes = new TextEncoder().encode(headed.map((row) => row.sha256).join(""));
    if (await sha256(hashes) !== listed.head) problems.push("แฮชรวมไม่ตรงกับรายการ");
  }
  for (const name of named.keys()) {
    if (name !== LIST && name !== SIGNATURE) problems.push(`มีไฟล์ที่ไม่อยู่ในรายการ ${name}`);
  }
  const whole = problems.length === 0;
  return { whole, key, title: listed.title ?? "", head: listed.head ?? "", note, problems };
}

function show(result) {
  const place = document.getElementById("evidence-result");
  place.replaceChildren();
  const say = (words, strong) => {
    const line = document.createElement("p");
    const part = document.createElement(strong ? "strong" : "span");
    part.textContent = words;
    line.append(part);
    place.append(line);
  };
  const unchanged = result.note ? "ถูกต้องครบถ้วน ทุกไฟล์ตรงกับรายการที่ลงนาม" : "ถูกต้องครบถ้วน ไม่มีส่วนใดถูกแก้ไข";
  say(result.whole ? unchanged : "ไม่ถูกต้อง", true);
  if (result.whole && result.note) say(result.note);
  if (result.title) say(result.title);
  if (result.key) say(`ลายนิ้วกุญแจที่ลงนาม ${result.key}`);
  if (result.head) say(`แฮชรวมที่พิมพ์บนปกของเล่มพร้อมที่มา ${result.head}`);
  for (const problem of result.problems) say(problem);
}

async function readFile(file) {
  return { name: file.webkitRelativePath || file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

const field = document.getElementById("evidence-file");
const folder = document.getElementById("evidence-folder");
if (field && folder) {
  const trusted = field.dataset.trusted ?? "";
  field.addEventListener("change", async () => {
    const [file] = field.files;
    if (!file) return;
    folder.value = "";
    show(await verifyPack((await readFile(file)).bytes, trusted));
  });
  folder.addEventListener("change", async () => {
    if (!folder.files.length) return;
    field.value = "";
    const files = inFolder(await Promise.all(Array.from(folder.files, readFile)));
    show(await verifyFiles(files, trusted, `ตรวจไฟล์ในโฟลเดอร์ ${files.length} ไฟล์`));
  });
}
