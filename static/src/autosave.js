// A form marked data-autosave saves its one box while somebody types (htmx does the sending);
// this says what became of it, and lets nobody leave with words that only the page holds.
// "Saved" is the server's word: it comes with the answer to the request that was committed.

const RETRY_AFTER = 10000;

function cookie(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

// Signing in again in another tab changes the token: the page's own would be refused.
function refreshToken(form) {
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  const token = cookie("csrftoken");
  if (field && token) field.value = token;
}

function watch(form) {
  const box = form.querySelector("textarea[hx-post]");
  const status = document.getElementById(form.dataset.autosave);
  if (!box || !status) return;

  // What the server holds, as far as this page knows: at first, what it was drawn with.
  let saved = form.dataset.unsaved ? null : box.defaultValue;
  let sending = null;
  let trouble = false;
  let waiting = null; // a press on a button, held until its words are saved
  let passing = false; // a press that goes through to the server whatever happens

  const unsaved = () => box.value !== saved;
  const save = () => box.dispatchEvent(new Event("save"));

  function pass() {
    const button = waiting;
    waiting = null;
    passing = true;
    refreshToken(form);
    form.requestSubmit(button);
  }

  function fail(words) {
    trouble = true;
    status.textContent = words;
    if (waiting) {
      waiting = null;
      status.tabIndex = -1;
      status.focus();
    }
    setTimeout(() => trouble && save(), RETRY_AFTER);
  }

  box.addEventListener("htmx:configRequest", (event) => {
    refreshToken(form);
    const token = cookie("csrftoken");
    if (token) {
      event.detail.headers["X-CSRFToken"] = token;
      event.detail.parameters.csrfmiddlewaretoken = token;
    }
    sending = box.value;
  });

  // A session that has ended answers with the page to sign in, from another address.
  box.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    if (new URL(xhr.responseURL).pathname !== pathInfo.requestPath) {
      event.detail.shouldSwap = false;
      event.detail.isError = true;
    }
  });

  box.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, pathInfo } = event.detail;
    const away = xhr.status && new URL(xhr.responseURL).pathname !== pathInfo.requestPath;
    if (!xhr.status) return fail(status.dataset.offline);
    if (away || xhr.status === 403) return fail(status.dataset.signedOut);
    if (xhr.status === 409 || xhr.status === 422) {
      trouble = true;
      if (waiting) pass(); // the page that comes shows both texts, or what is wrong
      return undefined;
    }
    if (xhr.status >= 400) return fail(status.dataset.failed);
    trouble = false;
    saved = sending;
    if (waiting) (unsaved() ? save : pass)();
    return undefined;
  });

  form.addEventListener("submit", (event) => {
    if (passing || !unsaved()) return;
    event.preventDefault();
    waiting = event.submitter;
    save();
  });

  window.addEventListener("online", () => trouble && save());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && trouble && unsaved()) save();
  });

  window.addEventListener("beforeunload", (event) => {
    if (trouble && unsaved() && !passing) event.preventDefault();
  });
  // Leaving by a link within the pause after the last word: the request outlives the page.
  window.addEventListener("pagehide", () => {
    if (trouble || passing || !unsaved()) return;
    refreshToken(form);
    fetch(box.getAttribute("hx-post"), {
      method: "POST",
      body: new FormData(form),
      headers: { "HX-Request": "true" },
      keepalive: true,
    });
  });
}

document.querySelectorAll("form[data-autosave]").forEach(watch);
