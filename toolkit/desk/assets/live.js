// Tells the page what changed on the server: an event `desk:inbox`, `desk:posts`, `desk:workspace` on the body.
// Lists listen with hx-trigger="desk:inbox from:body"; nothing here touches focus or what is being typed.
"use strict";
(() => {
  const EVERY = 10000;
  let seen = null;
  let failures = 0;
  async function look() {
    const answer = await fetch("/pulse", {headers: {accept: "application/json"}, cache: "no-store"});
    if (answer.status === 401) {
      const told = document.getElementById("signedout");
      if (told) { told.hidden = false; }
      return false;
    }
    if (!answer.ok) { throw new Error(String(answer.status)); }
    const now = await answer.json();
    for (const area of Object.keys(now)) {
      if (seen && seen[area] !== now[area]) { document.body.dispatchEvent(new CustomEvent("desk:" + area)); }
    }
    seen = now;
    return true;
  }
  async function beat() {
    let go = true;
    if (!document.hidden) {
      try { go = await look(); failures = 0; } catch { failures = Math.min(failures + 1, 5); }
    }
    if (go) { setTimeout(beat, EVERY * (1 + failures)); }
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden && seen) { look().catch(() => {}); } });
  beat();
})();
