// Lists to look something up in, as you type; without this script the whole list stands there.
//
// [data-find]           what belongs together
//   [data-find-field]   the field; it is shown by this script (data-find-ready on the whole)
//   [data-find-said]    says how many are left: data-all, data-one, data-some ({count}), data-none
//   [data-find-text]    an item, with the folded words it is found by
//   [data-find-group]   a group of items, hidden when none of them is left
(function () {
  "use strict";

  // As `fold` in lookup.py does it.
  function fold(text) {
    return text.toLowerCase().replace(/\u00df/g, "ss").normalize("NFKD").replace(/\p{M}/gu, "").trim();
  }

  function start(whole) {
    const field = whole.querySelector("[data-find-field]");
    const said = whole.querySelector("[data-find-said]");
    const items = [...whole.querySelectorAll("[data-find-text]")];
    const groups = [...whole.querySelectorAll("[data-find-group]")];

    function say(count, all) {
      const words = said.dataset;
      if (all) return words.all;
      if (count === 0) return words.none;
      return count === 1 ? words.one : words.some.replace("{count}", count);
    }

    function find() {
      const asked = fold(field.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const item of items) {
        const fits = asked.every((word) => item.dataset.findText.includes(word));
        item.hidden = !fits;
        count += fits;
      }
      for (const group of groups) group.hidden = !group.querySelector("[data-find-text]:not([hidden])");
      said.textContent = say(count, asked.length === 0);
      whole.classList.toggle("ls-finding", asked.length > 0);
    }

    whole.dataset.findReady = "";
    field.addEventListener("input", find);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !field.value) return;
      event.preventDefault();
      field.value = "";
      find();
    });
    // The browser keeps what was typed when it comes back to a page.
    if (field.value) find();
  }

  document.querySelectorAll("[data-find]").forEach(start);
})();
