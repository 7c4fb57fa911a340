// Keys of the inbox beyond those of every page (desk.js): e mend, s split, n next message, Shift+Enter accept what is clean and go on.
// What a key does stands in the page; without this script the same buttons and links do it.
(() => {
  "use strict";

  const one = (selector, root = document) => root.querySelector(selector);
  const keysAreOn = () => { try { return localStorage.getItem("sild-keys") !== "off"; } catch { return true; } };
  const typing = (target) => target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
    || (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit|reset)$/.test(target.type));

  function run(target) {
    if (!target) return false;
    if (target.tagName === "FORM") target.requestSubmit(); else target.click();
    return true;
  }

  function here() {
    const focused = document.activeElement && document.activeElement.closest("[data-triage] [data-item]");
    return focused || one("[data-triage] [data-item].is-here");
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysAreOn()) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (typing(target) || one("dialog[open]")) return;
    let done = false;
    if (event.key === "Enter" && event.shiftKey) done = run(one('[data-key="save-next"]') || one("[data-onward]"));
    else if (/^[es]$/.test(event.key)) { const item = here(); done = run((item && one(`[data-key="${event.key}"]`, item)) || one(`main [data-key="${event.key}"]`)); }
    else if (event.key === "n") done = run(one('[data-key="n"]'));
    if (done) event.preventDefault();
  });
})();
