import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

/** Spins, and looks up every 50 ms: when its input closes, whoever started it is gone. */
const spin = `
process.stdin.on('end', () => process.exit()).resume()
function spin() {
  const end = Date.now() + 50
  while (Date.now() < end);
  setImmediate(spin)
}
spin()
`

/** Processes that only keep the machine busy, `perCore` for each core. Whoever starts them must call `end`. */
export function startLoad(perCore: number): { readonly count: number; end(): Promise<void> } {
  const count = Math.round(perCore * availableParallelism())
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', spin], { stdio: ['pipe', 'ignore', 'ignore'] }),
  )
  const ended = children.map((child) => once(child, 'exit'))
  return {
    count,
    async end() {
      for (const child of children) child.kill('SIGKILL')
      await Promise.all(ended)
    },
  }
}
