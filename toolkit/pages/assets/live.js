// Shows the page anew when `leitstand serve` says that it is another one.
(() => {
  const here = document.currentScript;
  const events = new EventSource(`/~leitstand/events?page=${encodeURIComponent(location.pathname)}`);
  events.onmessage = (event) => {
    if (event.data !== here.dataset.version) location.reload();
  };
  addEventListener("pagehide", () => events.close());
})();
