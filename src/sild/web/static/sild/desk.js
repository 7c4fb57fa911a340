// The desk's script. Every page works without it; it adds keys, lights up the words that a field was read from,
// and lets htmx answers that are refusals show as pages. No inline handlers, no eval: the policy of the desk forbids both.
(() => {
  "use strict";

  const KEYS = "sild-keys";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Whether single keys do something is the person's own choice and comes with the page; before signing in the browser remembers it.
  // Storage may be forbidden; then the keys are on.
  const page = document.documentElement;
  const keysAreOn = () => { if (page.dataset.keys) return page.dataset.keys !== "off"; try { return localStorage.getItem(KEYS) !== "off"; } catch { return true; } };

  function setKeys(on) {
    const form = one("form[data-keys-form]");
    if (!page.dataset.keys || !form) { try { localStorage.setItem(KEYS, on ? "on" : "off"); } catch { /* not kept */ } return; }
    page.dataset.keys = on ? "on" : "off";
    const told = new FormData(form);
    told.set("keys", page.dataset.keys);
    fetch(form.action, { method: "POST", body: told, redirect: "manual", keepalive: true }).catch(() => form.submit());
  }

  // Fields and the words that they were read from.
  function light(name, on, follow) {
    for (const mark of all(`mark.span[data-field~="${CSS.escape(name)}"]`)) {
      mark.classList.toggle("lit", on);
      if (on && follow) { mark.scrollIntoView({ block: "nearest" }); follow = false; }
    }
    for (const field of all(`.desk-field[data-field="${CSS.escape(name)}"]`)) field.classList.toggle("lit", on);
  }

  function lightFrom(event, on) {
    const source = event.target instanceof Element && event.target.closest(".desk-field[data-field], mark.span[data-field]");
    if (!source || source.contains(event.relatedTarget)) return;
    for (const name of source.dataset.field.split(" ")) light(name, on, event.type === "focusin");
  }

  document.addEventListener("focusin", (event) => lightFrom(event, true));
  document.addEventListener("focusout", (event) => lightFrom(event, false));
  document.addEventListener("mouseover", (event) => lightFrom(event, true));
  document.addEventListener("mouseout", (event) => lightFrom(event, false));

  // Keys. Items stand in [data-triage]; each is a [data-item] with a link. What a key does stands in the page as [data-key="a"].
  const typing = (target) => target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
    || (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit|reset)$/.test(target.type));

  function here(items) {
    const focused = document.activeElement && document.activeElement.closest("[data-item]");
    return focused && items.includes(focused) ? focused : items.find((item) => item.matches(".is-here") || one("[aria-current]", item));
  }

  function move(step) {
    const list = one("[data-triage]");
    if (!list) return false;
    const items = all("[data-item]", list);
    const at = items.indexOf(here(items));
    const next = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : at + step];
    if (!next) return true;
    const link = one("a[href]", next);
    if (list.hasAttribute("data-follow") && link) { link.click(); return true; }
    for (const item of items) item.classList.toggle("is-here", item === next);
    (link || next).focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function pick() {
    const item = here(all("[data-triage] [data-item]"));
    const box = item && one('input[type="checkbox"]', item);
    if (!box) return false;
    box.click();
    item.classList.toggle("is-picked", box.checked);
    return true;
  }

  function act(key) {
    const item = here(all("[data-triage] [data-item]"));
    const selector = `[data-key="${CSS.escape(key)}"]`;
    const target = (item && one(selector, item)) || one(`main ${selector}`) || one(selector);
    if (!target) return false;
    if (target.tagName === "FORM") target.requestSubmit();
    else if (target.tagName === "DETAILS") { target.open = true; (one('input:not([type="hidden"]), textarea, select, button', target) || target).focus(); }
    else if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) { target.focus(); if (target.select) target.select(); }
    else target.click();
    return true;
  }

  function help() {
    const dialog = one("#keys");
    if (!dialog || !dialog.showModal || dialog.open) return false;
    dialog.showModal();
    return true;
  }

  function pressed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysAreOn()) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.key === "Enter" && event.shiftKey) {
      const form = target.closest("form[data-save-next]");
      if (form) { event.preventDefault(); form.requestSubmit(one('[data-key="save-next"]', form) || undefined); }
      return;
    }
    if (typing(target) || one("dialog[open]")) return;
    const done = event.key === "j" ? move(1) : event.key === "k" ? move(-1) : event.key === "x" ? pick()
      : event.key === "?" ? help() : /^[armqz/]$/.test(event.key) && act(event.key);
    if (done) event.preventDefault();
  }

  document.addEventListener("keydown", pressed);

  function tellKeys() {
    for (const button of all("[data-keys-toggle]")) button.textContent = keysAreOn() ? button.dataset.off : button.dataset.on;
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (target.closest("[data-keys-help]")) help();
    if (target.closest("[data-keys-toggle]")) { setKeys(!keysAreOn()); tellKeys(); }
  });

  // A form that is on its way is not sent again by a second click.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 1500);
  });

  // htmx: the token against forged requests goes along; a refusal is a page of its own and takes the whole page.
  document.addEventListener("htmx:config:request", (event) => {
    const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
    const token = cookie ? cookie.slice(10) : one('input[name="csrfmiddlewaretoken"]')?.value;
    if (token) event.detail.ctx.request.headers["X-CSRFToken"] = token;
  });

  document.addEventListener("htmx:after:request", (event) => {
    const ctx = event.detail.ctx;
    if (!ctx || !ctx.response || ctx.response.status < 400) return;
    const page = new DOMParser().parseFromString(ctx.text, "text/html");
    event.preventDefault();
    document.title = page.title;
    document.body.replaceChildren(...page.body.childNodes);
    one("#main")?.focus();
  });

  function ready() {
    for (const hidden of all("[data-needs-script]")) hidden.hidden = false;
    one("[data-takes-focus]")?.focus();
    tellKeys();
  }

  document.addEventListener("htmx:after:swap", ready);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
