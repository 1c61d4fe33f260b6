// A whole Bluesky network on free ports: directory of identities, accounts' server, application view with counts and
// notifications. Started by tests/servers/bluesky.py in the folder that holds node_modules; says its addresses in one
// line of JSON and lives as long as its standard input.
import { createRequire } from 'node:module'

const { TestNetwork } = createRequire(`${process.cwd()}/`)('@atproto/dev-env')
const [plc, pds, bsky, ozone] = process.argv.slice(2).map(Number)
const network = await TestNetwork.create({
  plc: { port: plc },
  pds: { port: pds, hostname: 'localhost' },
  bsky: { port: bsky, dbPostgresSchema: 'bsky' },
  ozone: { port: ozone, dbPostgresSchema: 'ozone' },
})
process.stdout.write(JSON.stringify({ pds: network.pds.url, plc: network.plc.url, view: network.bsky.url }) + '\n')
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
