// A form marked data-autosave holds any number of boxes marked data-answer. Each saves itself
// while somebody types (htmx does the sending) and says below it what became of it; nobody
// leaves with words that only the page holds.
// "Saved" is the server's word: it comes with the answer to the request that was committed; what
// is said where none comes, the form holds for all of its boxes.

import { isWholePage, token } from "./session";

const PAUSE = 1500;
const RETRY_AFTER = 10000;

function refreshToken(form) {
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (field && token()) field.value = token();
}

// What somebody typed or chose in a box; the version beside it is the server's.
function contents(part, pick) {
  const fields = part.querySelectorAll("textarea, input:not([type=hidden])");
  return JSON.stringify([...fields].map((field) => [field.name, pick(field)]));
}
const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
const now = (field) => (isChoice(field) ? field.checked : field.value);
const asDrawn = (field) => (isChoice(field) ? field.defaultChecked : field.defaultValue);

function watchBox(part, form, settled) {
  const status = part.querySelector("[role=status]");
  // What the server holds, as far as this page knows: at first, what it was drawn with.
  let saved = part.dataset.unsaved ? null : contents(part, asDrawn);
  let sending = null;
  let timer = null;

  const box = {
    trouble: false,
    status,
    unsaved: () => contents(part, now) !== saved,
    save() {
      clearTimeout(timer);
      part.dispatchEvent(new Event("save"));
    },
    // The box's own fields and the token, out of a form that may hold a whole section.
    fields() {
      const names = new Set([...part.querySelectorAll("[name]")].map((field) => field.name));
      const all = new FormData(form);
      const own = new FormData();
      for (const [name, value] of all) {
        if (names.has(name) || name === "csrfmiddlewaretoken") own.append(name, value);
      }
      return own;
    },
  };

  function fail(words) {
    box.trouble = true;
    status.textContent = words;
    setTimeout(() => box.trouble && box.save(), RETRY_AFTER);
    settled(box, "failed");
  }

  part.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => box.unsaved() && box.save(), PAUSE);
  });
  part.addEventListener("focusout", (event) => {
    if (!part.contains(event.relatedTarget) && box.unsaved()) box.save();
  });

  part.addEventListener("htmx:configRequest", (event) => {
    refreshToken(form);
    const { parameters, headers } = event.detail;
    const own = box.fields();
    for (const name of Object.keys(parameters)) if (!own.has(name)) delete parameters[name];
    if (token()) {
      headers["X-CSRFToken"] = token();
      parameters.csrfmiddlewaretoken = token();
    }
    sending = contents(part, now);
  });

  const elsewhere = ({ xhr }) => xhr.status < 300 && isWholePage(xhr.responseText);

  part.addEventListener("htmx:beforeSwap", (event) => {
    if (elsewhere(event.detail)) {
      event.detail.shouldSwap = false;
      event.detail.isError = true;
    }
  });

  part.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = event.detail;
    if (!xhr.status) return fail(form.dataset.offline);
    if (elsewhere(event.detail) || xhr.status === 403) return fail(form.dataset.signedOut);
    if (xhr.status === 409 || xhr.status === 422) {
      box.trouble = true;
      return settled(box, "refused");
    }
    if (xhr.status >= 400) return fail(form.dataset.failed);
    box.trouble = false;
    saved = sending;
    return settled(box, "saved");
  });

  return box;
}

function watch(form) {
  let waiting = null; // a press on a button, held until its words are saved
  let passing = false; // a press that goes through to the server whatever happens
  const boxes = [...form.querySelectorAll("[data-answer]")].map((part) =>
    watchBox(part, form, settled),
  );
  const unsaved = () => boxes.filter((box) => box.unsaved());

  function pass() {
    const button = waiting;
    waiting = null;
    passing = true;
    refreshToken(form);
    form.requestSubmit(button);
  }

  function settled(box, how) {
    if (!waiting) return;
    if (how === "failed") {
      waiting = null;
      box.status.tabIndex = -1;
      box.status.focus();
    } else if (how === "refused") {
      pass(); // the page that comes shows both texts, or what is wrong
    } else if (box.unsaved()) {
      box.save();
    } else if (!unsaved().length) {
      pass();
    }
  }

  form.addEventListener("submit", (event) => {
    const left = unsaved();
    if (passing || !left.length) return;
    event.preventDefault();
    waiting = event.submitter;
    left.forEach((box) => box.save());
  });

  const again = () => boxes.forEach((box) => box.trouble && box.unsaved() && box.save());
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.hidden || again());

  window.addEventListener("beforeunload", (event) => {
    if (!passing && boxes.some((box) => box.trouble && box.unsaved())) event.preventDefault();
  });
  // Leaving by a link within the pause after the last word: the request outlives the page.
  window.addEventListener("pagehide", () => {
    if (passing) return;
    refreshToken(form);
    for (const box of unsaved().filter((one) => !one.trouble)) {
      fetch(form.action || window.location.href, {
        method: "POST",
        body: box.fields(),
        headers: { "HX-Request": "true" },
        keepalive: true,
      });
    }
  });
}

document.querySelectorAll("form[data-autosave]").forEach(watch);
