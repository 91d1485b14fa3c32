import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * What one task a request costs: throughput of the same app with it and without, in turns in one run, as
 * ratios; the heap after many tasks; and FastAPI by the same measure, where it is installed.
 *
 * Prints tables. Judge the ratios, not the figures: those are the machine's. `cpu` is the server
 * process's own time a request, which other work on the machine disturbs least.
 */
export async function benchBackground(): Promise<void> {
  console.log(`Node ${process.version}`)
  const plain = await startHono('plain')
  const middleware = await startHono('middleware')
  const tasks = await startHono('tasks')
  await runRound({ name: 'warm-up', server: tasks, path: '/' })
  const before = await tasks.collect()
  await compare('Hono on Node', [
    { name: 'plain', server: plain, path: '/' },
    { name: 'a middleware that does nothing', server: middleware, path: '/' },
    { name: 'one task a request', server: tasks, path: '/' },
  ])
  plain.stop()
  middleware.stop()
  await queueMany(tasks)
  const after = await tasks.collect()
  const change = (after.heapBytes - before.heapBytes) / 1024 / 1024
  console.log(
    `\nHeap after ${after.done - before.done} tasks, ${MANY} of them at once: ${change.toFixed(2)} MB more`,
  )
  tasks.stop()
  await compareFastApi()
}

const ROUNDS = 40
const ROUND_MS = 250
const MANY = 100_000

interface Server {
  readonly port: number
  /** Milliseconds of processor time so far; only our own servers tell. */
  readonly cpuMs?: () => Promise<number>
  stop(): void
}

interface Contestant {
  readonly name: string
  readonly server: Server
  readonly path: string
}

interface Round {
  readonly perSecond: number
  /** Microseconds of the server's processor time for one request. */
  readonly cpuUs: number | undefined
}

interface HonoServer extends Server {
  collect(): Promise<{ readonly heapBytes: number; readonly done: number }>
}

async function startHono(kind: string): Promise<HonoServer> {
  const child = fork(fileURLToPath(new URL('background-server.js', import.meta.url)), [kind], {
    execArgv: ['--expose-gc'],
  })
  const { port } = await message<{ port: number }>(child)
  return {
    port,
    cpuMs: async () => (await ask<{ cpuMs: number }>(child, 'cpu')).cpuMs,
    collect: () => ask(child, 'collect'),
    stop: () => child.disconnect(),
  }
}

/**
 * Short rounds in turns, so that a busy second of the machine falls on all of them. The first contestant is
 * the measure of the others: by the median of the rounds' ratios, and by the cpu time of quiet rounds.
 */
async function compare(title: string, contestants: readonly Contestant[]): Promise<void> {
  const rounds = new Map<Contestant, Round[]>(contestants.map((contestant) => [contestant, []]))
  for (let n = 0; n < ROUNDS; n += 1) {
    for (const [contestant, results] of rounds) results.push(await runRound(contestant))
  }

  console.log(`\n${title}: ${ROUNDS} rounds of ${ROUND_MS} ms in turns, 20 connections`)
  const baseline = [...rounds.values()][0] ?? []
  for (const [{ name }, results] of rounds) {
    const perSecond = median(results.map((round) => round.perSecond))
    const ratio = median(results.map((round, n) => round.perSecond / (baseline[n]?.perSecond ?? Number.NaN)))
    console.log(
      `  ${name.padEnd(32)}${perSecond.toFixed(0).padStart(7)} requests/s   ${ratio.toFixed(2)}` +
        cpuText(quietCpuUs(results), quietCpuUs(baseline)),
    )
  }
}

/** The lower quartile: rounds that other work disturbed cost more, and one whose question came late less. */
function quietCpuUs(rounds: readonly Round[]): number | undefined {
  return quantile(
    rounds.flatMap(({ cpuUs }) => cpuUs ?? []),
    0.25,
  )
}

function cpuText(cpuUs: number | undefined, baseline: number | undefined): string {
  if (cpuUs === undefined || baseline === undefined) return ''
  return `   ${cpuUs.toFixed(1)} µs cpu a request   ${(baseline / cpuUs).toFixed(2)}`
}

async function runRound({ server, path }: Contestant): Promise<Round> {
  const client = fork(fileURLToPath(new URL('load.js', import.meta.url)), [
    String(server.port),
    path,
    String(ROUND_MS),
  ])
  await message(client)
  const cpuBefore = await server.cpuMs?.()
  const { requests, ms } = await message<{ requests: number; ms: number }>(client)
  const cpuAfter = await server.cpuMs?.()
  const cpuUs =
    cpuBefore === undefined || cpuAfter === undefined ? undefined : ((cpuAfter - cpuBefore) * 1000) / requests
  return { perSecond: (requests / ms) * 1000, cpuUs }
}

async function queueMany({ port }: Server): Promise<void> {
  const reply = await fetch(`http://127.0.0.1:${port}/many/${MANY}`, { method: 'POST' })
  await reply.text()
}

async function compareFastApi(): Promise<void> {
  const python = ['python3', '/usr/bin/python3'].find(hasFastApi)
  if (!python) {
    console.log('\nFastAPI: skipped, python3 with fastapi and uvicorn is not installed here')
    return
  }
  const server = await startFastApi(python)
  try {
    await compare('FastAPI on uvicorn, def', [
      { name: 'plain', server, path: '/plain/' },
      { name: 'one task a request', server, path: '/tasks/' },
    ])
    await compare('FastAPI on uvicorn, async def', [
      { name: 'plain', server, path: '/async-plain/' },
      { name: 'one task a request', server, path: '/async-tasks/' },
    ])
  } finally {
    server.stop()
  }
}

function hasFastApi(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import fastapi, uvicorn'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function startFastApi(python: string): Promise<Server> {
  // Python is not compiled to dist: the app stands beside this file's source.
  const folder = fileURLToPath(new URL('../../bench', import.meta.url))
  const args = ['-m', 'uvicorn', 'fastapi_app:app', '--app-dir', folder, '--port', '0', '--no-access-log']
  const child = spawn(python, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  })
  let said = ''
  for await (const chunk of child.stderr) {
    said += String(chunk)
    const port = /running on http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]
    if (port) return { port: Number(port), stop: () => child.kill() }
  }
  throw new Error(`uvicorn did not start: ${said}`)
}

function ask<T>(child: ChildProcess, question: string): Promise<T> {
  const answer = message<T>(child)
  child.send(question)
  return answer
}

async function message<T>(child: ChildProcess): Promise<T> {
  const [answer] = (await once(child, 'message')) as [T]
  return answer
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5) ?? Number.NaN
}

function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * share)]
}
