// Lighthouse on pages of the site, on a phone and on a desk: `node measure.mjs [--performance] ADDRESS PATH…`.
// Prints a table, and below it each audit that keeps a page from its score. Exits 1 where a demanded score is missed.
import process from "node:process"
import * as launcher from "chrome-launcher"
import lighthouse, { desktopConfig } from "lighthouse"

const DEMANDED = { accessibility: 100, "best-practices": 100 }
const PERFORMANCE = 95 // printed always, demanded with --performance: it is the machine's figure as much as the page's
const DEVICES = { phone: undefined, desk: desktopConfig }

const flags = process.argv.slice(2).filter((word) => word.startsWith("--"))
const [address, ...paths] = process.argv.slice(2).filter((word) => !word.startsWith("--"))
const least = flags.includes("--performance") ? { ...DEMANDED, performance: PERFORMANCE } : DEMANDED
const shown = [...Object.keys(DEMANDED), "performance"]

// Audits of a category that count and are not passed, as "name: what it says".
function failed(result, category) {
  return result.categories[category].auditRefs
    .map(({ id, weight }) => ({ ...result.audits[id], weight }))
    .filter((audit) => audit.weight > 0 && audit.score !== null && audit.score < (category === "performance" ? 0.9 : 1))
    .flatMap((audit) => [
      `${audit.id}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ""}`,
      ...(audit.details?.items ?? []).slice(0, 5).map((item) => `  ${item.node?.snippet ?? item.description ?? item.url ?? ""}`),
    ])
}

// The page's text, styles, scripts and pictures as they came over the line, in kB.
function weight(result) {
  return Math.round((result.audits["total-byte-weight"].numericValue ?? 0) / 1000)
}

// A page once more where the browser was too busy to say when it began; and where speed is demanded, the best of three.
async function measure(address, port, config) {
  let best
  for (let tries = 0; tries < 3; tries += 1) {
    const { lhr } = await lighthouse(address, { port, logLevel: "silent", onlyCategories: shown }, config)
    if (lhr.runtimeError) {
      if (tries === 2) throw new Error(`${address}: ${lhr.runtimeError.message}`)
      continue
    }
    if (!best || lhr.categories.performance.score > best.categories.performance.score) best = lhr
    if (!("performance" in least) || best.categories.performance.score * 100 >= PERFORMANCE) break
  }
  return best
}

function row(cells) {
  console.log(cells.map((cell, at) => (at === 0 ? String(cell).padEnd(34) : String(cell).padStart(9))).join(""))
}

const chrome = await launcher.launch({
  chromePath: process.env.CHROME_PATH,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"],
  logLevel: "silent",
})
const missed = []
try {
  row(["page", "device", "access.", "practice", "speed", "LCP ms", "TBT ms", "CLS", "kB"])
  for (const path of paths) {
    for (const [device, config] of Object.entries(DEVICES)) {
      const lhr = await measure(address + path, chrome.port, config)
      const scores = Object.fromEntries(shown.map((name) => [name, Math.round(lhr.categories[name].score * 100)]))
      const timed = ["largest-contentful-paint", "total-blocking-time"].map((id) => Math.round(lhr.audits[id].numericValue))
      const shift = lhr.audits["cumulative-layout-shift"].numericValue.toFixed(3)
      row([path || "/", device, ...shown.map((name) => scores[name]), ...timed, shift, weight(lhr)])
      for (const [name, score] of Object.entries(least)) {
        if (scores[name] < score) missed.push(`${path || "/"} (${device}): ${name} ${scores[name]} of ${score}`, ...failed(lhr, name))
      }
    }
  }
} finally {
  chrome.kill()
}
for (const line of missed) console.error(`lighthouse: ${line}`)
process.exitCode = missed.length ? 1 : 0
