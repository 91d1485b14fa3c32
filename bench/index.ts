import { benchBackground } from './background.ts'

const benches: Readonly<Record<string, () => Promise<void>>> = { background: benchBackground }

const [name = ''] = process.argv.slice(2)
const bench = benches[name]
if (bench) {
  await bench()
} else {
  console.error(`Which bench? npm run bench -- ${Object.keys(benches).join(' | ')}`)
  process.exitCode = 64
}
