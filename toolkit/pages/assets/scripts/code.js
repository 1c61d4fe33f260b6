// The theme lays a nav of one button over each block of code once it is seen: as many landmarks without a name.
(function () {
  "use strict";

  const content = document.querySelector(".md-content");
  if (!content?.querySelector("pre > code")) return;

  function unmark() {
    content.querySelectorAll("nav.md-code__nav:not([role])").forEach((nav) => nav.setAttribute("role", "presentation"));
  }

  new MutationObserver(unmark).observe(content, { childList: true, subtree: true });
  unmark();
})();
