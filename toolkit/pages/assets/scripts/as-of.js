// Writes at the foot of the page how old the site is, which every build says in one file beside this script.
(() => {
  const marks = document.querySelectorAll("[data-as-of]");
  const here = document.currentScript;
  if (!marks.length || !here) return;
  fetch(new URL("as-of.txt", here.src), { cache: "no-cache" })
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((words) => marks.forEach((mark) => (mark.textContent = words)))
    .catch(() => {}); // a site that is opened from a disk; the home page says it
})();
