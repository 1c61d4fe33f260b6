// The inbox by keyboard, and no word lost: keys where nobody is typing, and drafts that are kept when a page is left.
// Without it everything works as plain forms and links.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const detail = () => $("#detail [data-conversation]");
  const links = () => [...document.querySelectorAll("#rows .row-link")].filter((link) => link.offsetParent);
  const current = () => document.activeElement?.closest?.("#rows .row") ?? $("#rows .row:has(.row-link[aria-current])");

  // --- keys ---

  const typing = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  function move(step) {
    const all = links();
    if (!all.length) { return false; }
    const at = all.indexOf($(".row-link", current() ?? document.createElement("p")));
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({block: "nearest"});
    return true;
  }
  const press = (element) => { if (!element) { return false; } element.click(); return true; };
  const focus = (element) => { if (!element?.offsetParent) { return false; } element.focus(); return true; };

  // In the list a key means the row that has the focus, or all chosen ones.
  function withRow(value) {
    const row = current();
    const chosen = document.querySelectorAll("#rows input[name=pick]:checked").length;
    const box = row && $("input[name=pick]", row);
    if (!chosen && !box) { return false; }
    if (!chosen) { box.click(); }
    return press($(`.bulk button[name=do][value=${value}]`));
  }
  const inList = () => Boolean(document.activeElement?.closest?.("#rows"));
  const act = (key, value) => (detail() && !inList() ? press($(`#detail [data-key="${key}"]`)) : withRow(value));

  function snooze() {
    const menu = $("#detail [data-menu=s]");
    if (!menu) { return false; }
    menu.open = true;
    return focus($("button", $(".menu-items", menu)));
  }
  function reply() {
    if (focus($("#reply-text"))) { return true; }
    const link = current() && $(".row-link", current());
    if (!link) { return false; }
    location.assign(`${link.href}#reply-text`);
    return true;
  }
  const KEYS = {
    "j": () => move(1),
    "k": () => move(-1),
    "o": () => inList() && press(document.activeElement.closest(".row-link") ?? $(".row-link", current())),
    "x": () => press(current() && $("input[name=pick]", current())),
    "r": reply,
    "a": () => act("a", "mine"),
    "e": () => act("e", "done"),
    "s": snooze,
    "u": () => press($("#detail .back")),
    "/": () => focus($("#search")),
    "?": () => { const keys = $("#keys"); keys?.showModal(); return Boolean(keys); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (!$("[data-area=inbox]") || typing(event.target) || $("dialog[open]")) { return; }
    // Arrows belong to the page, but within the list to its rows.
    const arrow = inList() && {ArrowDown: "j", ArrowUp: "k"}[event.key];
    const work = KEYS[arrow || event.key];
    if (work && work()) { event.preventDefault(); }
  });
  document.addEventListener("keydown", (event) => {
    // Out of a field, and the keys work again.
    if (event.key === "Escape" && typing(event.target) && $("[data-area=inbox]")) { event.target.blur(); }
  });

  // --- the open conversation ---

  document.addEventListener("htmx:afterSettle", (event) => {
    const shown = detail();
    if (event.detail.target?.id !== "detail" || !shown) { return; }
    const panes = $(".panes");
    panes.dataset.shows = "detail";
    for (const row of document.querySelectorAll("#rows .row")) {
      const link = $(".row-link", row);
      if (row.dataset.id === shown.dataset.conversation) { link.setAttribute("aria-current", "true"); row.classList.remove("unread"); }
      else { link.removeAttribute("aria-current"); }
    }
    // On a phone the list is gone: whoever hears the page is told where they are.
    if (!$(".pane-list").offsetParent) {
      window.scrollTo(0, 0);
      const head = $("h1", shown);
      head.tabIndex = -1;
      head.focus();
    }
  });

  // --- no word lost ---

  const form = () => $("form[data-reply]");
  const text = () => $("#reply-text");
  const saved = new WeakMap();
  const isDirty = () => Boolean(text()) && text().value.trim() !== "" && text().value !== (saved.get(text()) ?? text().defaultValue);

  // A page that is loaded again overtakes its own draft: what was typed waits in the tab until the server has said that it has it.
  const FRESH = 60000;
  const shelf = () => `reply ${form().action}`;
  const lay = (words) => { try { sessionStorage.setItem(shelf(), JSON.stringify({words, at: Date.now()})); } catch { /* full, or forbidden */ } };
  const clear = () => { try { sessionStorage.removeItem(shelf()); } catch { /* forbidden */ } };
  function takeUp() {
    if (!text()) { return; }
    let left = null;
    try { left = JSON.parse(sessionStorage.getItem(shelf())); } catch { /* forbidden */ }
    clear();
    if (!left || Date.now() - left.at > FRESH || text().value === left.words || $("#reply .notice.bad")) { return; }
    text().value = left.words;
    text().dispatchEvent(new Event("input", {bubbles: true}));
    keep();
  }

  async function keep() {
    const [own, area] = [form(), text()];
    if (!isDirty()) { return; }
    saved.set(area, area.value);
    lay(area.value);
    const body = new URLSearchParams(new FormData(own));
    body.set("do", "draft");
    const answer = await fetch(own.action, {method: "POST", body, keepalive: true}).catch(() => null);
    if (!answer?.ok) { saved.delete(area); return; }
    if (form() === own) { clear(); }
    // The form goes on with the draft that it has become; what its writer has read stays as it was.
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const name of ["reply", "version"]) {
      const [from, to] = [$(`form[data-reply] [name=${name}]`, page), $(`[name=${name}]`, own)];
      if (from && to) { to.value = from.value; }
    }
  }
  document.addEventListener("visibilitychange", () => { if (document.hidden) { keep(); } });
  window.addEventListener("pagehide", () => { keep(); });
  document.addEventListener("submit", (event) => {
    if (event.target === form()) { saved.set(text(), text().value); clear(); return; }
    keep();
  });
  takeUp();
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.target?.id === "detail") { keep(); } });
})();
