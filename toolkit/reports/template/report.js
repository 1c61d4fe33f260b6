/* A click on a column's head sorts the table; without scripts it stays as it was written. */
for (const table of document.querySelectorAll("main table")) {
  const body = table.tBodies[0], head = table.tHead && table.tHead.rows[0];
  if (!body || !head || body.rows.length < 3 || table.querySelector("[colspan],[rowspan]")) continue;
  const german = document.documentElement.lang.startsWith("de");
  const read = (cell) => {
    if (!cell) return { text: "" };
    if (cell.dataset.value) return { number: Number(cell.dataset.value) };
    const text = (cell.firstElementChild || cell).firstChild?.textContent?.trim() ?? "";
    const day = german && text.match(/^(\d\d)\.(\d\d)\.(\d{4})(.*)/);
    if (day) return { text: day[3] + day[2] + day[1] + day[4] };
    const named = !german && text.match(/^(\d{1,2})\s(\w{3})\s(\d{4})(.*)/);
    if (named) {
      const month = "JanFebMarAprMayJunJulAugSepOctNovDec".indexOf(named[2]) / 3 + 11; // two digits
      return { text: named[3] + month + named[1].padStart(2, "0") + named[4] };
    }
    const bare = text.replace(/[▲▼€%×\s]/g, "").replace("−", "-");
    const plain = german ? bare.replaceAll(".", "").replace(",", ".") : bare.replaceAll(",", "");
    return /^[+-]?\d/.test(plain) ? { number: parseFloat(plain) } : { text };
  };
  const compare = (a, b) => {
    if ("number" in a || "number" in b) return (a.number ?? -Infinity) - (b.number ?? -Infinity);
    return a.text.localeCompare(b.text, document.documentElement.lang);
  };
  [...head.cells].forEach((cell, at) => {
    if (!cell.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    cell.append(button);
    button.addEventListener("click", () => {
      const now = cell.getAttribute("aria-sort");
      const down = now ? now === "ascending" : cell.classList.contains("number");
      for (const other of head.cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [read(row.cells[at]), row]);
      rows.sort((a, b) => compare(a[0], b[0]) * (down ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
    });
  });
}
