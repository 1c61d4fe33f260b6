// Filter of a page; its marks are explained in toolkit/pages/filters.py. Without this script the bar stays hidden.
(function () {
  "use strict";
  const bar = document.querySelector("[data-filter-bar]");
  if (!bar) return;
  const menus = [...bar.querySelectorAll("[data-filter-field]")];
  const fields = menus.map((menu) => menu.dataset.filterField);
  const concerned = fields.map((field) => `[data-f-${field}]`).join();
  const all = (selector) => [...document.querySelectorAll(selector)];
  const items = all("[data-filter]").flatMap((one) => [...one.querySelectorAll(concerned)]).map((element) => ({
    element,
    counted: fields.every((field) => element.hasAttribute(`data-f-${field}`)),
    values: new Map(fields.filter((field) => element.hasAttribute(`data-f-${field}`))
      .map((field) => [field, element.getAttribute(`data-f-${field}`).split(" ")])),
  }));
  const total = items.filter((item) => item.counted).length;
  const said = bar.querySelector("[data-filter-said]");
  const none = document.querySelector("[data-filter-none]");

  function boxes(menu) {
    return [...menu.querySelectorAll("input")];
  }

  // A value that the address names and this page does not have must be seen, and can be taken away.
  function add(menu, value) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: menu.dataset.filterField, value });
    label.append(box, value);
    menu.lastElementChild.append(label);
    return box;
  }

  function readAddress() {
    const asked = new URLSearchParams(location.search);
    menus.forEach((menu) => asked.getAll(menu.dataset.filterField).filter(Boolean).forEach((value) => {
      (boxes(menu).find((box) => box.value === value) || add(menu, value)).checked = true;
    }));
  }

  function read() {
    const chosen = new Map();
    menus.forEach((menu) => {
      const on = boxes(menu).filter((box) => box.checked);
      if (on.length) chosen.set(menu.dataset.filterField, new Set(on.map((box) => box.value)));
      const words = on.length === 1 ? on[0].parentElement.textContent : String(on.length);
      menu.querySelector(".ls-filter-chosen").textContent = on.length ? words : "";
    });
    return chosen;
  }

  function query(chosen, address) {
    const found = new URLSearchParams(address.search);
    fields.forEach((field) => found.delete(field));
    chosen.forEach((values, field) => values.forEach((value) => found.append(field, value)));
    return found.toString();
  }

  function fits(item, chosen) {
    return [...chosen].every(([field, wanted]) => {
      const own = item.values.get(field);
      return !own || own.some((value) => wanted.has(value));
    });
  }

  function show(chosen) {
    let shown = 0;
    items.forEach((item) => {
      item.element.hidden = !fits(item, chosen);
      if (item.counted && !item.element.hidden) shown += 1;
    });
    all("[data-filter] [data-f-group]").forEach((group) => {
      group.hidden = [...group.querySelectorAll(concerned)].every((one) => one.hidden);
    });
    all("[data-filter] details").forEach((one) => { one.open = chosen.size > 0; });
    return shown;
  }

  function apply() {
    const chosen = read();
    const shown = show(chosen);
    const words = said.dataset.filterSaid.replace("{shown}", shown).replace("{all}", total);
    said.textContent = chosen.size ? words : "";
    none.hidden = shown > 0 || chosen.size === 0;
    bar.querySelector("[data-filter-reset]").hidden = chosen.size === 0;
    history.replaceState(history.state, "", `${location.pathname}?${query(chosen, location)}`.replace(/\?$/, "") + location.hash);
    all("a[data-filter-keep]").forEach((link) => { link.search = query(chosen, link); });
  }

  function close(menu, event) {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.firstElementChild.focus();
  }

  function reset() {
    bar.querySelectorAll("input:checked").forEach((box) => { box.checked = false; });
    apply();
    (menus[0] || bar).firstElementChild.focus();
  }

  bar.addEventListener("change", apply);
  bar.addEventListener("submit", (event) => event.preventDefault());
  all("[data-filter-reset]").forEach((button) => button.addEventListener("click", reset));
  menus.forEach((menu) => {
    menu.addEventListener("keydown", (event) => close(menu, event));
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  });
  document.addEventListener("click", (event) => menus.forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  }));

  bar.hidden = false;
  readAddress();
  apply();
})();
