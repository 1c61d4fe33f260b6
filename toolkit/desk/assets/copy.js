// Copies the text of a field to the clipboard; the buttons show themselves only where that works.
"use strict";
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) { break; }
  const label = button.querySelector("span").textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      button.querySelector("span").textContent = button.dataset.done;
      setTimeout(() => { button.querySelector("span").textContent = label; }, 2000);
    } catch {
      field.select();
    }
  });
}
