// Lists to look something up in, as you type; without this script the whole list stands there.
//
// [data-find]           what belongs together
//   [data-find-field]   the field; it is shown by this script (data-find-ready on the whole)
//   [data-find-said]    says how many are left: data-all, data-one, data-some ({count}), data-none
//   [data-find-text]    an item, with the folded words it is found by
//   [data-find-group]   a group of items, hidden when none of them is left
//
// [data-find-page]      a field for all tables below it: an item is a row, found by its words and those of its headings;
//                       a heading and what stands below it go when none of its rows is left
(function () {
  "use strict";

  // As `fold` in lookup.py does it.
  function fold(text) {
    return text.toLowerCase().replace(/\u00df/g, "ss").normalize("NFKD").replace(/\p{M}/gu, "").trim();
  }

  function ofList(whole) {
    const items = [...whole.querySelectorAll("[data-find-text]")].map((element) => ({ element, words: element.dataset.findText }));
    const groups = [...whole.querySelectorAll("[data-find-group]")].map((element) => ({
      elements: [element], items: items.filter((item) => element.contains(item.element)),
    }));
    return { items, groups };
  }

  // Sections are headings and what stands below them; one of the second level keeps its heading for those of the third.
  function ofPage(whole) {
    const groups = [{ elements: [], items: [], words: "", part: null }];
    const begin = whole.closest(".ls");
    for (let element = begin.nextElementSibling; element; element = element.nextElementSibling) {
      const last = groups[groups.length - 1];
      if (element.matches("h2, h3")) {
        const part = element.matches("h3") ? last.part || last : null;
        groups.push({ elements: [element], items: [], part, words: `${part ? part.words : ""} ${fold(element.textContent)}` });
      } else if (!element.matches("aside, footer, .ls-review")) {
        last.elements.push(element);
        for (const row of element.querySelectorAll("tbody tr")) {
          const item = { element: row, words: `${last.words} ${fold(row.textContent)}` };
          last.items.push(item);
          if (last.part) last.part.items.push(item);
        }
      }
    }
    return { items: groups.filter((one) => !one.part).flatMap((one) => one.items), groups };
  }

  function start(whole) {
    const field = whole.querySelector("[data-find-field]");
    const said = whole.querySelector("[data-find-said]");
    const { items, groups } = "findPage" in whole.dataset ? ofPage(whole) : ofList(whole);

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
        const fits = asked.every((word) => item.words.includes(word));
        item.element.hidden = !fits;
        count += fits;
      }
      for (const group of groups) {
        const left = asked.length === 0 || group.items.some((item) => !item.element.hidden);
        group.elements.forEach((element) => { element.hidden = !left; });
      }
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

  document.querySelectorAll("[data-find], [data-find-page]").forEach(start);
})();
