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
  await compareHono()
  await measureHeap()
  await compareFastApi()
}

/** Few rounds in many sets of processes: how V8 happens to compile one process differs from the next. */
const ROUNDS = 4
const SETS = 12
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
  readonly start: () => Promise<Server>
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

async function compareHono(): Promise<void> {
  await compare('Hono on Node', [
    { name: 'no middleware', start: () => startHono('plain'), path: '/' },
    { name: 'a middleware that does nothing', start: () => startHono('middleware'), path: '/' },
    { name: 'backgroundTasks(), no task', start: () => startHono('no-task'), path: '/' },
    { name: "one task, c.get('backgroundTasks')", start: () => startHono('task-by-get'), path: '/' },
    { name: 'one task, c.var.backgroundTasks', start: () => startHono('task-by-var'), path: '/' },
  ])
}

async function measureHeap(): Promise<void> {
  const server = await startHono('task-by-var')
  await runRound(server, '/')
  const before = await server.collect()
  for (let n = 0; n < ROUNDS; n += 1) await runRound(server, '/')
  await queueMany(server)
  const after = await server.collect()
  const change = (after.heapBytes - before.heapBytes) / 1024 / 1024
  const tasks = after.done - before.done
  console.log(`\nHeap after ${tasks} tasks, ${MANY} of them at once: ${change.toFixed(2)} MB more`)
  server.stop()
}

/**
 * Short rounds in turns, so that a busy second of the machine falls on all of them, in several sets of
 * processes. Each contestant is measured by every other one before it in the list: by the median of the
 * rounds' ratios, and by the processor time of quiet rounds.
 */
async function compare(title: string, contestants: readonly Contestant[]): Promise<void> {
  const rounds = new Map<Contestant, Round[]>(contestants.map((contestant) => [contestant, []]))
  for (let set = 0; set < SETS; set += 1) {
    const servers = new Map<Contestant, Server>()
    for (const contestant of shuffled(contestants)) {
      const server = await contestant.start()
      servers.set(contestant, server)
      await runRound(server, contestant.path)
    }
    for (let n = 0; n < ROUNDS; n += 1) {
      for (const [contestant, server] of shuffled([...servers])) {
        rounds.get(contestant)?.push(await runRound(server, contestant.path))
      }
    }
    for (const server of servers.values()) server.stop()
  }

  const all = [...rounds.values()]
  console.log(`\n${title}: ${SETS} × ${ROUNDS} rounds of ${ROUND_MS} ms in turns, 20 connections`)
  console.log(`${' '.repeat(36)}requests/s  cpu a request  of those above, by requests/s and by cpu`)
  for (const [{ name }, results] of rounds) {
    const others = all.slice(0, all.indexOf(results))
    const ratios = others.map((baseline) => ratioText(results, baseline).padStart(13))
    const perSecond = median(results.map((round) => round.perSecond)).toFixed(0)
    console.log(
      `  ${name.padEnd(34)}${perSecond.padStart(10)}  ${cpuText(results).padStart(13)}${ratios.join('')}`,
    )
  }
}

/** So that no contestant always comes after the same one, which may still be tidying up. */
function shuffled<T>(items: readonly T[]): readonly T[] {
  const keyed = items.map((item) => ({ item, key: Math.random() }))
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
}

function ratioText(results: readonly Round[], baseline: readonly Round[]): string {
  const ratio = median(results.map((round, n) => round.perSecond / (baseline[n]?.perSecond ?? Number.NaN)))
  const [own, other] = [quietCpuUs(results), quietCpuUs(baseline)]
  const byCpu = own === undefined || other === undefined ? '' : ` ${(other / own).toFixed(2)}`
  return `${ratio.toFixed(2)}${byCpu}`
}

/** The lower quartile: rounds that other work disturbed cost more, and one whose question came late less. */
function quietCpuUs(rounds: readonly Round[]): number | undefined {
  return quantile(
    rounds.flatMap(({ cpuUs }) => cpuUs ?? []),
    0.25,
  )
}

function cpuText(rounds: readonly Round[]): string {
  const cpuUs = quietCpuUs(rounds)
  return cpuUs === undefined ? '' : `${cpuUs.toFixed(1)} µs`
}

async function runRound(server: Server, path: string): Promise<Round> {
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
  const start = () => startFastApi(python)
  await compare('FastAPI on uvicorn, def', [
    { name: 'no task', start, path: '/plain/' },
    { name: 'one task a request', start, path: '/tasks/' },
  ])
  await compare('FastAPI on uvicorn, async def', [
    { name: 'no task', start, path: '/async-plain/' },
    { name: 'one task a request', start, path: '/async-tasks/' },
  ])
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
