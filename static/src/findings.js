// Findings noted in a corridor, where the connection comes and goes. A form marked data-hold
// sends what it holds by itself and is ready for the next; what could not be sent waits in this
// page's memory and nowhere else, so that signing out or closing the page leaves nothing behind.

import { isWholePage, token } from "./session";

const RETRY_AFTER = 5000;
const PAUSE = 1200;

// Only where a page is not on https is there no randomUUID.
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function post(url, body) {
  if (token()) body.set("csrfmiddlewaretoken", token());
  return fetch(url, {
    method: "POST",
    body,
    headers: { "HX-Request": "true", "X-CSRFToken": token() },
    keepalive: true,
  });
}

function hold(form) {
  const [text, said, held, kept] = [
    form.querySelector("textarea"),
    form.querySelector("[data-said]"),
    form.querySelector("[data-held]"),
    document.querySelector("[data-kept]"),
  ];
  let waiting = [];
  let sending = false;
  let passing = false;
  let timer = null;

  function say(what) {
    const number = waiting.length;
    said.textContent = (said.dataset[what] || "").replace("{n}", number);
    held.hidden = !number;
  }

  // What waits can be read, and taken back into the box to be put right.
  function show(item) {
    const row = document.createElement("li");
    const words = document.createElement("p");
    const back = document.createElement("button");
    words.textContent = item.body.get("team_text");
    back.type = "button";
    back.className = "app-link-button";
    back.textContent = "Put it back into the box";
    back.addEventListener("click", () => {
      if (text.value.trim()) return text.focus();
      text.value = words.textContent;
      drop(item);
      said.textContent = "";
      return text.focus();
    });
    item.why = document.createElement("p");
    row.append(words, item.why, back);
    held.append(row);
    item.row = row;
  }

  function drop(item) {
    waiting = waiting.filter((one) => one !== item);
    if (item.row) item.row.remove();
    held.hidden = !waiting.length;
  }

  async function attempt(item) {
    let answer;
    try {
      answer = await post(form.action, item.body);
    } catch {
      return "offline";
    }
    const words = await answer.text().catch(() => null);
    if (words === null) return "offline";
    if (answer.status === 422) {
      item.refused = words.trim();
      return "refused";
    }
    if (answer.status === 403 || (answer.ok && isWholePage(words))) return "signedOut";
    if (!answer.ok) return "failed";
    drop(item);
    kept.hidden = false;
    kept.insertAdjacentHTML("afterbegin", words);
    return "";
  }

  async function sendAll() {
    clearTimeout(timer);
    if (sending) return;
    sending = true;
    let trouble = "";
    for (const item of [...waiting]) {
      if (item.refused || !waiting.includes(item)) continue;
      trouble = await attempt(item);
      if (trouble === "refused") continue;
      if (trouble) break;
    }
    sending = false;
    for (const item of waiting) {
      if (!item.row) show(item);
      item.why.textContent = item.refused || "";
    }
    const open = waiting.filter((item) => !item.refused);
    if (open.length && !trouble) return sendAll(); // came in while the others were sent
    if (!trouble && waiting.length) trouble = "refused";
    say(trouble || "saved");
    if (open.length) timer = setTimeout(sendAll, RETRY_AFTER);
    return undefined;
  }

  form.addEventListener("submit", (event) => {
    const body = new FormData(form);
    const whole = text.value.trim() && body.get("kind") && (body.get("theme") || body.get("own_theme"));
    if (!whole && navigator.onLine && !waiting.length) {
      passing = true; // the page that comes says what is missing
      return;
    }
    event.preventDefault();
    if (!whole) {
      say("incomplete");
      (text.value.trim() ? form.querySelector("[name=kind]") : text).focus();
      return;
    }
    waiting.push({ body });
    form.querySelector("[name=sent_as]").value = newId();
    text.value = "";
    text.dispatchEvent(new Event("input", { bubbles: true }));
    for (const radio of form.querySelectorAll("[name=kind]")) radio.checked = false;
    say("saving");
    text.focus();
    sendAll();
  });

  // The closed part says what the next one is about.
  const about = form.querySelector("[data-about]");
  form.addEventListener("change", () => {
    const picked = (name) => form.querySelector(`[name=${name}]`);
    const line = picked("line") && picked("line").value && picked("line").selectedOptions[0].text;
    const parts = [picked("own_theme").value.trim() || picked("theme").value, line];
    about.textContent = parts.filter(Boolean).join(" · ");
  });

  window.addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => document.hidden || (waiting.length && sendAll()));
  window.addEventListener("beforeunload", (event) => {
    if (!passing && (waiting.length || text.value.trim())) event.preventDefault();
  });
}

// While somebody types: what looks like a child's details is said below the box.
function watchWords(form) {
  const status = form.querySelector("[data-warnings]");
  const boxes = [...form.querySelectorAll("textarea")];
  let timer = null;
  let asked = 0;

  async function look() {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const box of boxes) body.append("text", box.value);
    const turn = (asked += 1);
    const empty = boxes.every((box) => !box.value.trim());
    if (empty || !navigator.onLine) {
      status.textContent = "";
      return;
    }
    try {
      const answer = await post(form.dataset.words, body);
      const words = await answer.text();
      if (turn === asked && answer.ok && !isWholePage(words)) status.innerHTML = words;
    } catch {
      // Without a connection the words are looked at when they are saved.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}

// Nobody leaves with words changed that only the page holds.
function watchLeaving(form) {
  let passing = false;
  const boxes = [...form.querySelectorAll("textarea")];
  form.addEventListener("submit", () => {
    passing = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!passing && boxes.some((box) => box.value !== box.defaultValue)) event.preventDefault();
  });
}

document.querySelectorAll("form[data-hold]").forEach(hold);
document.querySelectorAll("form[data-words]").forEach(watchWords);
document.querySelectorAll("form[data-leaving]").forEach(watchLeaving);
