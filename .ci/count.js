// Says how many tests passed and failed: node .ci/count.js <results of vitest> [broken step]...
// A broken step counts as a failure, and so does a run without tests or without the tarball walk.
import { readFileSync } from 'node:fs'

const [file, ...broken] = process.argv.slice(2)
const text = readFileSync(file, 'utf8')
const files = text === '' ? [] : JSON.parse(text).testResults
const tests = files.flatMap((one) => one.assertionResults)

const passed = tests.filter((test) => test.status === 'passed').length
const failed = tests.filter((test) => test.status === 'failed').length
const skipped = tests.length - passed - failed
// A file that cannot be loaded, or whose hooks fail, may have no failed test of its own.
const brokenFiles = files.filter(
  (one) => one.status === 'failed' && !one.assertionResults.some((test) => test.status === 'failed'),
)
const walked = files.some(
  (one) => /test[\\/]package[\\/]tarball\.test\.ts$/.test(one.name) && one.status === 'passed',
)

const steps = broken.filter((step) => step !== 'test')
let failures = failed + brokenFiles.length + steps.length
if (failures === 0 && (broken.length > 0 || passed === 0 || !walked)) failures = 1

if (broken.length > 0) console.log(`\nBroken: ${broken.join(', ')}`)
console.log(`\n${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failures === 0 ? 0 : 1
