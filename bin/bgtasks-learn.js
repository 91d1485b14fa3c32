#!/usr/bin/env node
// Only words that the oldest Node knows, so that it can say what is wrong instead of a syntax error.
var version = process.versions.node.split('.').map(Number)

if (
  version[0] < 20 ||
  (version[0] === 20 && version[1] < 19) ||
  version[0] === 21 ||
  (version[0] === 22 && version[1] < 12)
) {
  console.error(
    'bgtasks-learn needs Node 20.19 or newer, or 22.12 or newer; this is Node ' + process.versions.node + '.',
  )
  console.error('Install the current version from https://nodejs.org, then run `npx bgtasks-learn` again.')
  process.exit(1)
}

import('../dist/src/cli/main.js').then(
  function (cli) {
    return cli.main()
  },
  function (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/dist.src.cli.main\.js/.test(error.message)) throw error
    console.error('bgtasks-learn is not built yet.')
    console.error('Run `npm install && npm run build` in its folder, then try again.')
    process.exit(1)
  },
)
