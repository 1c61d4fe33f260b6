// First pages: somebody may begin with one of them. Without this script each of them is a click away.
(function () {
  "use strict";
  const row = document.querySelector("[data-roles]");
  if (!row) return;
  const pathOf = (address) => new URL(address, window.location.href).pathname;
  const home = pathOf(row.dataset.roles);
  // Several sites may share a host.
  const key = `leitstand.first ${home}`;

  function recall() {
    try {
      return window.localStorage.getItem(key);
    } catch (_forbidden) {
      return null;
    }
  }

  function remember(path) {
    try {
      if (path) window.localStorage.setItem(key, path);
      else window.localStorage.removeItem(key);
    } catch (_forbidden) {
      // Then it is as without this script.
    }
  }

  // Only to a page that the row leads to, and only for whoever comes from elsewhere: a click on the first page means it.
  const known = [...row.querySelectorAll("a")].map((one) => pathOf(one.href));
  const here = window.location.pathname;
  const outside = !document.referrer || new URL(document.referrer).origin !== window.location.origin;
  const wanted = recall();
  if (here === home && outside && !window.location.hash && wanted !== home && known.includes(wanted)) {
    window.location.replace(wanted);
    return;
  }

  const button = document.querySelector("[data-remember]");
  if (!button) return;
  const offer = button.textContent;

  function show() {
    const on = recall() === here;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? button.dataset.on : offer;
  }

  button.addEventListener("click", () => {
    remember(recall() === here ? "" : here);
    show();
  });
  show();
  button.hidden = false;
})();
