// The field of search. What finds (search/engine.js) is loaded when somebody first turns to the field.
(function () {
  "use strict";
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const root = new URL("..", document.currentScript.src);
  const toggle = document.getElementById("__search");
  const field = box.querySelector("input[name=query]");
  const results = box.querySelector("[data-search-results]");
  const said = box.querySelector("[role=status]");
  // Takes longer than everything else that this script does on a page, so no page waits for it, see `load`.
  let day = null;
  let index = null;
  let asked = "";
  let busy = false;
  let before = null;

  function sayDay(stamp) {
    day ??= new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: "medium", timeZone: "UTC" });
    return day.format(new Date(stamp));
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children.filter(Boolean));
    return made;
  }

  function load() {
    if (index) return index;
    const base = new URL("search/", root);
    // All at once: each of the three would else be asked for only when the one before it is there.
    const about = fetch(new URL("index.json", base), { cache: "no-cache" });
    const programs = ["engine", "words"].map((name) => import(new URL(`${name}.js`, base)));
    // While these are on their way there is nothing else to do; with the first results a reader would wait for it.
    setTimeout(sayDay, 0, 0);
    index = Promise.all([...programs, about]).then(([engine]) => engine.Index.open(base, about)).catch((reason) => {
      index = null;
      throw reason;
    });
    return index;
  }

  // Pieces of a text, the words that were asked for marked; as text, whatever it is.
  function marked(pieces) {
    return pieces.map((piece) => (piece.hit ? element("mark", "", piece.text) : piece.text));
  }

  // Where browsers can, they show the first word that was found in the middle of the page.
  function address(hit) {
    const word = hit.snippet.find((piece) => piece.hit);
    const place = new URL(hit.location || ".", root);
    if (word) place.hash += `${place.hash ? "" : "#"}:~:text=${encodeURIComponent(word.text).replace(/-/g, "%2D")}`;
    return place.href;
  }

  function row(hit) {
    const about = [hit.context, hit.day && sayDay(hit.day)].filter(Boolean).join(" · ");
    const link = element(
      "a", "ls-hit",
      element("span", "ls-hit-title", ...marked(hit.title)),
      about && element("span", "ls-hit-about", about),
      hit.snippet.length && element("span", "ls-hit-text", ...marked(hit.snippet)),
    );
    link.href = address(hit);
    return element("li", "", link);
  }

  async function fill(list, group, count) {
    const hits = await group.hits(count);
    list.replaceChildren(...hits.map(row));
    return hits.length;
  }

  async function section(group, number) {
    const title = element("p", "ls-hits-title", group.title, " ", element("span", "ls-hits-count", String(group.total)));
    title.id = `ls-hits-${number}`;
    const list = element("ul", "ls-hits");
    list.setAttribute("aria-labelledby", title.id);
    let shown = await fill(list, group, number ? 3 : 5);
    const more = group.total > shown && element("button", "ls-hits-more", box.dataset.more);
    if (more) {
      more.type = "button";
      more.setAttribute("aria-describedby", title.id);
      more.addEventListener("click", async () => {
        const first = shown;
        shown = await fill(list, group, shown + 20);
        more.hidden = shown >= group.total;
        list.children[first].querySelector("a").focus();
      });
    }
    return element("section", "", title, list, more);
  }

  async function answer(words) {
    if (!words.trim()) {
      results.replaceChildren();
      return "";
    }
    const wanted = () => field.value === words;
    const found = await (await load()).find(words, wanted);
    if (!found) return null;
    const sections = await Promise.all(found.groups.map(section));
    if (wanted()) results.replaceChildren(...sections);
    return found.total ? box.dataset.count.replace("{count}", found.total) : box.dataset.none;
  }

  // One question at a time, which ends early when another is typed; of those typed meanwhile only the last.
  async function ask() {
    if (busy || asked === field.value) return;
    busy = true;
    asked = field.value;
    try {
      const words = await answer(asked);
      if (words !== null) said.textContent = words;
    } catch (reason) {
      said.textContent = box.dataset.failed;
      console.warn(reason);
    }
    box.dataset.answered = asked;
    busy = false;
    ask();
  }

  function show(open) {
    if (toggle.checked !== open) toggle.click();
  }

  function open() {
    if (!toggle.checked) before = document.activeElement;
    show(true);
    field.focus();
    field.select();
  }

  function close() {
    show(false);
    field.blur();
    if (before && before !== document.body && !box.contains(before)) before.focus();
  }

  // Arrows go from the field to the results, between them, and back.
  function step(by) {
    const stops = [field, ...results.querySelectorAll("a, button:not([hidden])")];
    const next = stops[Math.max(0, stops.indexOf(document.activeElement) + by)];
    if (next) next.focus();
  }

  function onKey(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (by) step(by);
    else return;
    event.preventDefault();
  }

  function onKeyAnywhere(event) {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "f", "s"].includes(event.key)) return;
    event.preventDefault();
    open();
  }

  function onFocus() {
    show(true);
    load().catch(() => {});
  }

  function follow(event) {
    event.preventDefault();
    const first = results.querySelector("a");
    if (first && field.value === box.dataset.answered) first.click();
  }

  field.addEventListener("input", ask);
  field.addEventListener("focus", onFocus);
  field.form.addEventListener("submit", follow);
  field.form.addEventListener("reset", () => window.setTimeout(() => { ask(); field.focus(); }));
  box.addEventListener("keydown", onKey);
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) show(false);
  });
  results.addEventListener("click", (event) => { if (event.target.closest("a")) show(false); });
  toggle.addEventListener("change", () => { if (toggle.checked) field.focus(); });
  document.addEventListener("keydown", onKeyAnywhere);
})();
