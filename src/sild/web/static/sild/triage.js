// Keys of the inbox beyond those of every page (desk.js), the usual reasons by their digits, and the words that a person marks in a message.
// What a key does stands in the page; without this script the same buttons and links do it, and marked words are copied by hand.
(() => {
  "use strict";

  const ITEM_KEYS = /^[esg]$/, PAGE_KEYS = /^[nlcwo]$/, DIGITS = /^[1-9]$/;
  const SIGN = /^U\+([0-9A-F]{4,5})$/;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (target) => target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
    || (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit|reset)$/.test(target.type));

  function keysAreOn() {
    const told = document.documentElement.dataset.keys;
    if (told) return told !== "off";
    try { return localStorage.getItem("sild-keys") !== "off"; } catch { return true; }
  }

  function run(target) {
    if (!target) return false;
    if (target.tagName === "FORM") target.requestSubmit();
    else if (target.tagName === "DETAILS") { target.open = true; (one('textarea, button, input:not([type="hidden"])', target) || target).focus(); }
    else if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) target.focus();
    else target.click();
    return true;
  }

  function here() {
    const focused = document.activeElement && document.activeElement.closest("[data-triage] [data-item]");
    return focused || one("[data-triage] [data-item].is-here");
  }

  // A digit gives the usual reason of the open question: the one that has the focus, else that of the current line, else the message's.
  function reason(digit) {
    const item = here();
    const open = (document.activeElement && document.activeElement.closest("details[open]"))
      || (item && one("details[open] [data-digit]", item)?.closest("details")) || one('details[data-key="o"][open]');
    return open ? run(one(`[data-digit="${digit}"]`, open)) : pick(digit);
  }

  // Where a page asks for one of several answers, a digit chooses it, and the reason is written next.
  function pick(digit) {
    const radio = one(`main input[type="radio"][data-digit="${digit}"]:not(:disabled)`);
    if (!radio) return false;
    radio.checked = true;
    radio.focus();
    run(one("[data-then]", radio.form));
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysAreOn()) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (typing(target) || one("dialog[open]")) return;
    let done = false;
    if (event.key === "Enter" && event.shiftKey) done = run(one('[data-key="save-next"]') || one("[data-onward]"));
    else if (event.shiftKey) return;
    else if (ITEM_KEYS.test(event.key)) { const item = here(); done = run((item && one(`[data-key="${event.key}"]`, item)) || one(`main [data-key="${event.key}"]`)); }
    else if (PAGE_KEYS.test(event.key)) done = run(one(`main [data-key="${event.key}"]`));
    else if (DIGITS.test(event.key)) done = reason(event.key);
    if (done) event.preventDefault();
  });

  // What the line that has the focus may repeat is open beside it.
  document.addEventListener("focusin", (event) => {
    const item = event.target instanceof Element && event.target.closest("[data-triage] [data-item][id]");
    if (item && one(`details[data-repeats="${item.id}"]`)) for (const details of all("details[data-repeats]")) details.open = details.dataset.repeats === item.id;
  });

  // The words that are marked in the message, one line for each paragraph, and where each begins: part.block.place.
  let marked = { words: "", hints: "" };

  // The text as it is kept: signs that nobody sees are shown by their numbers, names before a chat line are none of it, cells are joined.
  function textOf(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return "";
    if (node.classList?.contains("desk-sign")) { const sign = SIGN.exec(node.textContent); return sign ? String.fromCodePoint(parseInt(sign[1], 16)) : ""; }
    if (node.classList?.contains("desk-quiet") || node.classList?.contains("desk-left-out")) return "";
    let text = "", cells = 0;
    for (const child of node.childNodes) {
      if (child.classList?.contains("desk-cell") && cells++) text += " | ";
      text += textOf(child);
    }
    return text;
  }

  function within(range, block) {
    const part = document.createRange();
    part.selectNodeContents(block);
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
    return part;
  }

  function note() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const words = [], hints = [];
    for (const block of all(".desk-message [data-block]")) {
      if (!range.intersectsNode(block)) continue;
      const part = within(range, block);
      const text = textOf(part.cloneContents()).replace(/\s+/g, " ").trim();
      if (!text) continue;
      const before = document.createRange();
      before.selectNodeContents(block);
      before.setEnd(part.startContainer, part.startOffset);
      const place = one(".desk-left-out", block) ? 0 : [...textOf(before.cloneContents())].length;
      words.push(text);
      hints.push(`${block.closest("[data-part]").dataset.part}.${block.dataset.block}.${place}`);
    }
    if (words.length) marked = { words: words.slice(0, 20).join("\n").slice(0, 3000), hints: hints.slice(0, 20).join(" ") };
  }

  document.addEventListener("selectionchange", note);
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target && target.closest("a[data-takes-marked]");
    if (link && marked.words) {
      const address = new URL(link.href);
      for (const [name, value] of Object.entries(marked)) address.searchParams.set(name, value);
      link.href = address.href;
    }
    if (target && target.closest("[data-take-marked]") && marked.words) {
      const field = one("[data-words]");
      const more = field.value.trim() && one("[data-hints]").value;
      field.value = field.value.trim() ? `${field.value.trim()}\n${marked.words}` : marked.words;
      one("[data-hints]").value = more ? `${one("[data-hints]").value} ${marked.hints}` : marked.hints;
      one("[data-look]").click();
    }
  });
})();
