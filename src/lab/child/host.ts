import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import { emit } from './channel.ts'
import { createGates } from './gate.ts'
import { startHeart } from './heart.ts'
import { currentLabel, labelRequests, unfinishedRequests } from './labels.ts'
import { installLoader } from './loader.ts'
import { answerSettling } from './settling.ts'
import { type ChildSetup, setupVariable, writesCell } from './setup.ts'
import { watchCalls } from './watch-calls.ts'
import { watchFs } from './watch-fs.ts'
import { watchHelpers } from './watch-helpers.ts'
import { taskNow, watchTasks } from './watch-tasks.ts'
import { watchTimers } from './watch-timers.ts'
import { WriteWatch } from './watch-writes.ts'
import { lessonPath, placeInStack } from './where.ts'

/*
 * The process a learner's server runs in. Everything that the lab changes in it is set up here,
 * before the learner's first line runs; docs/lab.md lists the changes and their reasons.
 */

interface FetchApp {
  fetch(request: Request, ...rest: unknown[]): Response | Promise<Response>
}

const setup = JSON.parse(process.env[setupVariable] ?? '') as ChildSetup
const { lessonDir, watched, play } = setup
// The learner's own children and workers must not find what was meant for this process.
Reflect.deleteProperty(process.env, setupVariable)
process.execArgv.length = 0

const heart = startHeart(setup)
const { cells } = heart
const writes = new WriteWatch({
  lessonDir,
  gates: createGates({ cells, watched, inThread: false }),
  freshId: () => Atomics.add(cells, writesCell(watched.length), 1) + 1,
  origin: () => ({ port: currentLabel(), unfinished: unfinishedRequests(), ...taskNow() }),
})

process.on('uncaughtExceptionMonitor', (error, origin) => {
  emit('crash', { origin, ...told(error) })
})
process.once('exit', (code) => emit('exiting', { code }))

let server: Server | undefined
let entry: string | undefined
installLoader({ lessonDir, tells: true })
await heart.watching
// Only now: a thread that starts in a folder that is gone dies, and with it whoever would end this process.
process.chdir(lessonDir)
watchFs(writes)
const timers = watchTimers(lessonDir)
const calls = watchCalls(lessonDir)
const helpers = watchHelpers({ lessonDir, watched, cells })
watchTasks(lessonDir)
labelRequests({
  isOurs: (candidate) => candidate === server,
  logState,
  onRequest: heart.beat,
  onResponding: helpers.tellWords,
  tellsAll: play !== undefined,
})

const loaded = await loadApp()
if (loaded) await serve(loaded)

async function loadApp(): Promise<FetchApp | undefined> {
  const entries = ['app.ts', 'app.js'].filter((name) => existsSync(join(lessonDir, name)))
  ;[entry] = entries
  if (!entry) return refuse('no-entry', 'There is no app.ts (or app.js) in the lesson folder.')
  if (entries.length > 1)
    return refuse('two-entries', 'There are both app.ts and app.js: only one can be the app.')
  emit('importing', { entry })
  let module: { readonly default?: unknown }
  try {
    module = (await import(pathToFileURL(join(lessonDir, entry)).href)) as typeof module
  } catch (error) {
    const { message, where } = told(error)
    return refuse('threw', message, where)
  }
  const candidate = module.default as Partial<FetchApp> | undefined | null
  if (typeof candidate?.fetch === 'function') return candidate as FetchApp
  if (calls.listens()) {
    return refuse('listens-itself', `${entry} listens on a port of its own and exports no app.`)
  }
  if (candidate === undefined) return refuse('no-export', `${entry} has no default export.`)
  return refuse('no-fetch', `The default export of ${entry} has no fetch method.`)
}

function logState(): { readonly size: number; readonly idleMs: number } {
  const found = statSync(join(lessonDir, watched[0]!), { throwIfNoEntry: false })
  return { size: found?.size ?? 0, idleMs: found ? Date.now() - found.mtimeMs : 0 }
}

function refuse(reason: string, message: string, where?: string): undefined {
  emit('start-failed', { reason, message, where })
  process.exitCode = 1
}

function told(error: unknown): { readonly message: string; readonly where?: string | undefined } {
  if (!(error instanceof Error)) return { message: `threw ${String(error)}` }
  const place = placeInStack(String(error.stack), lessonDir) ?? { where: whereImported(error.message) }
  return { message: `${error.name}: ${withoutUrls(error.message)}`, ...place }
}

/** Errors in finding and linking modules have no frame: the import is looked up by what it names. */
function whereImported(message: string): string | undefined {
  const missingName = /requested module '(.+?)' does not provide/.exec(message)
  const missingFile =
    /Cannot find (?:module|package) '(?:.*[\\/])?(.+?)' imported from (.+)$/m.exec(message) ??
    /[\\/]node_modules[\\/](.+?)[\\/]package\.json imported from (.+)$/m.exec(message)
  const file = missingFile?.[2] ?? (entry === undefined ? undefined : join(lessonDir, entry))
  const named = missingName?.[1] ?? missingFile?.[1]
  if (file === undefined || named === undefined || !existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const index = lines.findIndex((line) => /\b(?:import|from)\b/.test(line) && line.includes(named))
  return index === -1 ? undefined : `${lessonPath(file, lessonDir)}:${index + 1}`
}

function withoutUrls(message: string): string {
  return message.replaceAll(`${pathToFileURL(lessonDir).href}/`, '').replaceAll(`${lessonDir}/`, '')
}

async function serve(app: FetchApp): Promise<void> {
  server = createAdaptorServer({ fetch: (request, ...rest) => app.fetch(request, ...rest) }) as Server
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  answerSettling({ heart, server, sockets, timers, helpers: helpers.alive })
  // Requests are told apart by the client's port.
  if (play) server.maxRequestsPerSocket = 1
  server.listen(play?.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  emit('ready', { port: (server.address() as AddressInfo).port })
}
