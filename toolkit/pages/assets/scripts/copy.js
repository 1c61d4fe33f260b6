// Copy buttons of kits and of the handbook. Without this script the texts can be selected, and no button is shown.
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

  // What was copied is said aloud; a page may have a place for it that eyes see, too.
  function placeToSay() {
    const own = document.querySelector(".ls-kit-said");
    if (own) return own;
    const place = document.createElement("p");
    place.className = "ls-kit-said ls-toast";
    place.setAttribute("role", "status");
    place.setAttribute("aria-live", "polite");
    document.body.append(place);
    return place;
  }

  const place = buttons.length ? placeToSay() : null;

  function say(words) {
    place.textContent = "";
    // A moment later, so that the same words are read out again.
    window.setTimeout(() => { place.textContent = words; }, 50);
  }

  async function onClick(event) {
    const button = event.currentTarget;
    const done = await copy(document.getElementById(button.dataset.copy));
    say(done ? button.dataset.done : button.dataset.failed);
    // The button itself says it to eyes, for as long as nothing else is copied.
    buttons.forEach((one) => {
      one.classList.toggle("ls-kit-copied", done && one === button);
    });
  }

  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", onClick);
  });
})();
