"use strict";
// Comfort for the form: sums and balances at once, and a draft that this browser keeps. The form works without it.

(() => {
const main = () => document.getElementById("main");
const form = () => document.getElementById("form");
const tell = (word) => { document.getElementById("draft-said").textContent = form().dataset[word] || word; };

// Figures: whole numbers of 10^-30, so that decimals add up as they are written.

const PLACES = 30;
const number = (text) => {
  const found = /^([+-]?)(\d+)(?:\.(\d{1,30}))?$/.exec(text.trim());
  return found && BigInt(found[1] + found[2] + (found[3] || "").padEnd(PLACES, "0"));
};
const plain = (value) => {
  const digits = String(value < 0n ? -value : value).padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return (value < 0n ? "-" : "") + digits.slice(0, -PLACES) + (fraction && `.${fraction}`);
};

const ofAllRows = (pointer) => pointer.replace(/\/\d+(?=\/|$)/g, "/*");
let figures = new Map();
const findFigures = () => {
  figures = new Map();
  for (const figure of document.querySelectorAll("[data-figure], output[data-sum]")) {
    const like = ofAllRows(figure.id);
    figures.set(like, [...(figures.get(like) || []), figure]);
  }
};

// What a pointer comes to: its sum, whether something was typed for it, and whether something still lacks.
const figureOf = (pointer) => {
  if (pointer.startsWith("=")) return { sum: number(pointer.slice(1)), typed: true, open: false };
  if (pointer.includes("/*")) {
    const start = pointer.slice(0, pointer.indexOf("*"));
    const rows = (figures.get(ofAllRows(pointer)) || []).filter((figure) => figure.id.startsWith(start));
    return { ...sumOf(rows.map((figure) => figure.id)), open: false };
  }
  const figure = document.getElementById(pointer);
  if (!figure) return { sum: 0n, typed: false, open: true };
  if (figure.dataset.sum !== undefined) return sumOf(figure.dataset.sum.split(" "));
  const value = number(figure.value);
  return { sum: value ?? 0n, typed: value !== null, open: value === null };
};
const sumOf = (pointers) => {
  const parts = pointers.map(figureOf);
  return {
    sum: parts.reduce((sum, part) => sum + part.sum, 0n),
    typed: parts.some((part) => part.typed),
    open: parts.some((part) => part.open),
  };
};

const HOLDS = {
  equal: (left, right) => left === right,
  only_where: (left, right) => left === 0n || right !== 0n,
  at_least: (left, right) => left >= right,
};

const reckon = () => {
  for (const output of document.querySelectorAll("output[data-sum]")) {
    const { sum, typed } = sumOf(output.dataset.sum.split(" "));
    output.textContent = typed ? plain(sum) : "";
  }
  let failing = 0;
  for (const row of document.querySelectorAll("tr[data-relation]")) {
    const [left, right] = [row.dataset.left, row.dataset.right].map((side) => sumOf(side.split(" ").filter(Boolean)));
    const holds = HOLDS[row.dataset.relation](left.sum, right.sum);
    const verdict = left.open || right.open ? "open" : holds ? "holds" : "error" in row.dataset ? "fails" : "doubtful";
    failing += verdict === "fails";
    row.dataset.verdict = verdict;
    row.querySelector(".left").textContent = left.typed ? plain(left.sum) : "";
    row.querySelector(".right").textContent = right.typed ? plain(right.sum) : "";
    row.querySelector(".verdict").textContent = row.closest("table").dataset[verdict];
  }
  const count = document.getElementById("unbalanced");
  if (count) count.textContent = failing;
};

// What is there under conditions only, and what is chosen from rows.

const settle = () => {
  const data = new FormData(form());
  for (const part of document.querySelectorAll("[data-when]")) {
    const isThere = JSON.parse(part.dataset.when).every(([pointer, wanted]) =>
      !document.getElementById(pointer)?.closest("[data-absent]") && data.getAll(pointer).some((text) => wanted.includes(text)));
    const isBlank = [...part.querySelectorAll("[name]")].every((input) => input.type === "checkbox" ? !input.checked : !input.value);
    part.toggleAttribute("data-absent", !isThere);
    part.inert = !isThere && isBlank;
  }
  for (const list of document.querySelectorAll("datalist")) {
    const source = `/${list.id.replace(/^list-/, "").replaceAll(".", "/")}`;
    const words = [...data].filter(([name, text]) => text && ofAllRows(name).replaceAll("/*", "") === source);
    list.replaceChildren(...[...new Set(words.map(([, text]) => text))].map((text) => new Option(text, text)));
  }
};

// Data: what was typed, as `reportfill fill` takes it.

const asText = (file) => new Promise((done) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.replace(/^[^,]*,/, ""));
  reader.onerror = () => done("");
  reader.readAsDataURL(file);
});
const asTyped = (input, text) => {
  if (input.type === "checkbox") return [...form().elements].filter((one) => one.name === input.name && one.checked).map((one) => one.value);
  if ("lines" in input.dataset) return text.split(/\r?\n/).filter((line) => line.trim());
  return "figure" in input.dataset && String(Number(text)) === text ? Number(text) : text;
};
const typed = async () => {
  const data = {};
  for (const input of form().elements) {
    if (!input.name?.startsWith("/") || (input.type === "checkbox" && !input.checked)) continue;
    const text = input.type === "file" ? input.files.length && await asText(input.files[0]) : input.value;
    if (!text || !text.trim()) continue;
    const keys = input.name.slice(1).split("/");
    const last = keys.pop();
    const holder = keys.reduce((around, key, place) =>
      around[key] ??= /^\d+$/.test(keys[place + 1] ?? last) ? [] : {}, data);
    holder[last] = asTyped(input, text);
  }
  return data;
};

// The draft, in this browser's own database, by the report, the agency and the year.

const asked = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});
const drafts = async (mode) => {
  const opening = indexedDB.open("reportfill", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("drafts");
  return (await asked(opening)).transaction("drafts", mode).objectStore("drafts");
};
const keep = async () => {
  const { draft, version } = form().dataset;
  const kept = { version, at: new Date().toISOString(), data: await typed() };
  await asked((await drafts("readwrite")).put(kept, draft)).then(() => tell("kept"), () => tell("unkept"));
};
const forget = async () => asked((await drafts("readwrite")).delete(form().dataset.draft));
const restore = async () => {
  const kept = await asked((await drafts("readonly")).get(form().dataset.draft));
  if (!kept || !("begins" in form().dataset)) return;
  if (kept.version !== form().dataset.version) { save(kept.data); tell("outdated"); return; }
  const body = new FormData(form());
  body.set("file", new Blob([JSON.stringify(kept.data)]), "draft.json");
  body.set("upload", "draft");
  await send(body);
  tell("restored");
};
const save = (data) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  link.download = `${document.querySelector("h1").textContent.trim()}（草稿）.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

// Buttons: the server draws the form anew, within this page.

const send = async (body) => {
  let answer;
  try {
    answer = await fetch(form().action, { method: "POST", body });
  } catch {
    tell("unreachable");
    return;
  }
  if (answer.redirected) {
    await forget();
    location.assign(answer.url);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("form")) { tell(page.querySelector("h1")?.textContent || "unreachable"); return; }
  main().replaceWith(page.getElementById("main"));
  begin();
  document.querySelector("#main [autofocus]")?.focus();
  await keep().catch(() => tell("unkept"));
};
document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (event.target !== form() || button?.name.startsWith("download")) return;
  event.preventDefault();
  const body = new FormData(form(), button);
  await keep().catch(() => {});
  await send(body);
});
document.addEventListener("click", async (event) => {
  if (event.target.id === "draft-save") save(await typed());
  if (event.target.id === "draft-forget") { await forget(); location.reload(); }
});

// A block of cells, copied from a workbook.

document.addEventListener("paste", (event) => {
  const cell = event.target.closest?.(".frame td");
  const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
  if (!cell || !/[\t\n]/.test(text) || event.target.matches("textarea")) return;
  event.preventDefault();
  const cellsOf = (row) => [...row.querySelectorAll("td")].filter((one) => one.querySelector("[id]"));
  const start = cellsOf(cell.parentElement).indexOf(cell) - cellsOf(cell.parentElement).length;
  const lines = text.split(/\r?\n/);
  for (let row = cell.parentElement; row && lines.length; row = row.nextElementSibling) {
    if (!cellsOf(row).length) continue;
    const places = cellsOf(row).slice(start);
    lines.shift().split("\t").forEach((words, place) => {
      const input = places[place]?.querySelector("input[type=text], select, textarea");
      const option = [...(input?.options || [])].find((one) => one.text === words.trim());
      if (input) input.value = option ? option.value : words.trim();
    });
  }
  if (lines.length) tell("overfull");
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

let waiting = 0;
document.addEventListener("input", (event) => {
  if (!form()?.contains(event.target)) return;
  reckon();
  settle();
  clearTimeout(waiting);
  waiting = setTimeout(() => keep().catch(() => tell("unkept")), 300);
});

const begin = () => {
  findFigures();
  reckon();
  settle();
  document.getElementById("draft").hidden = false;
};
if (form()) {
  begin();
  restore().catch(() => tell("unkept"));
}
})();
