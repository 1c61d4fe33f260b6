// Two months of a table of months, chosen freely, and the change between them; without this script all of them stand there.
//
// [data-pair]            what belongs together: a form and a table whose columns after the first are months; the script
//                        marks it data-pair-ready
//   [data-pair-form]     shown by this script; data-change and data-to ({low}, {high}) are its words
//   [data-pair-month]    the two lists; their options are the columns, in order
//   [data-value]         a cell's number; data-low and data-high are the ends of its interval (90 %)
//
// The choice stands in the address (?months=2026-10,2025-10) and can be sent to somebody.
(function () {
  "use strict";

  const signed = { style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 0 };

  // The change from `then` to `now`, and its interval where both have one: of two independent months, on the scale of
  // ratios (method of variance estimates recovery, Zou and Donner 2008).
  function change(now, then) {
    const [a, b] = [now, then].map((cell) => Number(cell.dataset.value));
    if (!(a > 0 && b > 0)) return null;
    const share = Math.log(a / b);
    const far = (cell, end) => Math.log(Number(cell.dataset[end]) / Number(cell.dataset.value));
    if (![now, then].every((cell) => cell.dataset.low && cell.dataset.high)) return { share: Math.exp(share) - 1 };
    const low = share - Math.hypot(far(now, "low"), far(then, "high"));
    const high = share + Math.hypot(far(now, "high"), far(then, "low"));
    const [middle, ...ends] = [share, low, high].map((one) => Math.exp(one) - 1);
    return { share: middle, low: ends[0], high: ends[1] };
  }

  function start(whole) {
    const form = whole.querySelector("[data-pair-form]");
    const lists = [...form.querySelectorAll("[data-pair-month]")];
    const rows = [...whole.querySelectorAll("tr")];
    const format = new Intl.NumberFormat(document.documentElement.lang || "en", signed);
    const write = (share) => format.format(share).replace("-", "\u2212");
    const ends = rows.map((row, at) => {
      const cell = document.createElement(at ? "td" : "th");
      cell.setAttribute("role", at ? "cell" : "columnheader");
      cell.className = "ls-change";
      row.append(cell);
      return cell;
    });
    ends[0].scope = "col";

    function say(cell, found) {
      cell.textContent = "";
      if (!found) return;
      const shown = document.createElement(found.low > 0 || found.high < 0 ? "b" : "span");
      shown.textContent = write(found.share);
      cell.append(shown);
      if (found.low === undefined) return;
      const below = document.createElement("small");
      below.textContent = form.dataset.to.replace("{low}", write(found.low)).replace("{high}", write(found.high));
      cell.append(document.createElement("br"), below);
    }

    function show() {
      // The columns stand from the latest to the earliest, whichever list names which.
      const [late, early] = lists.map((list) => list.selectedIndex + 1).sort((a, b) => a - b);
      for (const [at, row] of rows.entries()) {
        [...row.cells].slice(1, -1).forEach((cell, column) => {
          cell.hidden = column + 1 !== late && column + 1 !== early;
        });
        const [now, then] = [late, early].map((column) => row.cells[column].querySelector("[data-value]"));
        if (at) say(ends[at], now && then && late !== early ? change(now, then) : null);
      }
      ends[0].textContent = form.dataset.change;
    }

    const asked = (new URLSearchParams(location.search).get("months") || "").split(",");
    lists.forEach((list, at) => {
      if ([...list.options].some((option) => option.value === asked[at])) list.value = asked[at];
      list.addEventListener("change", () => {
        const address = new URL(location.href);
        address.searchParams.set("months", lists.map((one) => one.value).join(","));
        history.replaceState(null, "", address);
        show();
      });
    });
    form.hidden = false;
    whole.dataset.pairReady = "";
    form.addEventListener("submit", (event) => event.preventDefault());
    show();
  }

  document.querySelectorAll("[data-pair]").forEach(start);
})();
