// What the pieces of parts.html do beyond HTML: menus close, dialogs open where a browser cannot do it alone, a bar shows
// what can be done with chosen rows. Without it all of them work, only with one press more.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  // On a phone the tabs are wider than the window: the one that is open has to be in view.
  for (const tab of document.querySelectorAll(".tabs a[aria-current]")) {
    const strip = tab.closest("ul"), [here, all] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()];
    strip.scrollLeft += here.left - all.left - (all.width - here.width) / 2;
  }

  // What stands beside something else on a wide screen is below it on a phone, where it is unfolded when wanted.
  const wide = window.matchMedia("(min-width: 60rem)");
  function foldUp(part) { if (!wide.matches) { for (const one of part.querySelectorAll("details.fold")) { one.open = false; } } }
  foldUp(document);
  document.addEventListener("htmx:load", (event) => { foldUp(event.target); });

  // A press that reached nobody says so, until one does.
  const unreachable = (yes) => { const told = document.getElementById("unreachable"); if (told) { told.hidden = !yes; if (yes) { told.scrollIntoView({block: "nearest"}); } } };
  document.addEventListener("htmx:sendError", (event) => { if (event.detail.requestConfig?.verb === "post") { unreachable(true); } });
  document.addEventListener("htmx:beforeSwap", () => { unreachable(false); });

  const openMenus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) { if (!menu.contains(event.target)) { menu.open = false; } }
    const opener = event.target.closest("button[commandfor]");
    if (opener && !("commandForElement" in HTMLButtonElement.prototype)) { obey(opener); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { return; }
    for (const menu of openMenus()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) { menu.querySelector("summary").focus(); }
    }
  });
  function obey(opener) {
    const dialog = document.getElementById(opener.getAttribute("commandfor"));
    if (opener.getAttribute("command") === "show-modal") { dialog?.showModal(); } else { dialog?.close(); }
  }

  function count(form) {
    const bar = form?.querySelector(".bulk");
    if (!bar) { return; }
    const chosen = form.querySelectorAll("input[name=pick]:checked").length;
    bar.toggleAttribute("data-chosen", chosen > 0);
    bar.querySelector(".bulk-count").textContent = chosen || "";
  }
  document.addEventListener("change", (event) => { if (event.target.name === "pick") { count(event.target.form); } });
  // A list that was loaded anew, or a page that the browser kept, may have other boxes ticked.
  document.addEventListener("htmx:afterSettle", () => { document.querySelectorAll("form:has(.bulk)").forEach(count); });
  window.addEventListener("pageshow", () => { document.querySelectorAll("form:has(.bulk)").forEach(count); });
})();
