// Addresses of feeds: written out under the address at which the reader has this page. Without the script the one of
// leitstand.toml stands there, or the path.
(function () {
  "use strict";
  const whole = (path) => new URL(path, location.href).href;
  document.querySelectorAll("[data-address]").forEach((place) => {
    place.textContent = whole(place.dataset.address);
  });
  document.querySelectorAll("a[data-webcal]").forEach((link) => {
    link.href = whole(link.dataset.webcal).replace(/^https?:/, "webcal:");
    link.hidden = !link.href.startsWith("webcal:");
  });
})();
