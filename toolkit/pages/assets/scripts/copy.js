// Copy buttons of a kit. Without this script the texts can be selected, and no button is shown.
(function () {
  "use strict";
  const buttons = document.querySelectorAll("button[data-copy]");

  function mark(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // Pages that are not on https have no clipboard of their own; the old way works there.
  function copyMarked(element) {
    mark(element);
    return document.execCommand("copy");
  }

  async function copy(element) {
    if (!navigator.clipboard) return copyMarked(element);
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch (_refused) {
      return copyMarked(element);
    }
  }

  function say(words) {
    const place = document.querySelector(".ls-kit-said");
    place.textContent = "";
    // A moment later, so that the same words are read out again.
    window.setTimeout(() => { place.textContent = words; }, 50);
  }

  async function onClick(event) {
    const button = event.currentTarget;
    const done = await copy(document.getElementById(button.dataset.copy));
    say(done ? button.dataset.done : button.dataset.failed);
    buttons.forEach((one) => one.classList.toggle("ls-kit-copied", done && one === button));
  }

  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", onClick);
  });
})();
