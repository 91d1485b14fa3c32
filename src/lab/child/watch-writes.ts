import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { emit } from './channel.ts'
import type { Gate } from './gate.ts'
import { lessonPath, placeNow, whereNow } from './where.ts'

/** A write to a file, as it stands before it begins. */
export interface WriteStart {
  readonly file: string
  readonly text: string
  readonly truncates: boolean
  /** The stream it comes from, if any, so that writes of one stream count as ordered. */
  readonly stream?: number
  /** The place to name where the stack holds no line of the learner's, or another one matters. */
  readonly place?: { readonly where: string | undefined; readonly always: boolean }
  /** The patched function: frames above it are not the learner's. */
  readonly below: (...args: never[]) => unknown
}

export interface WriteWatchOptions {
  readonly lessonDir: string
  readonly gates: ReadonlyMap<string, Gate>
  /** One that no other write or stream has, in any thread. */
  readonly freshId: () => number
  /** Whose a write is, as far as that is known when it begins. */
  readonly origin: () => { readonly [field: string]: unknown }
}

/**
 * Sees every write and holds those to watched files at their gate.
 *
 * `depth` keeps Node's own inner calls out: `appendFile` calls `writeFile` calls `open` calls `write`,
 * and only the learner's call counts.
 */
export class WriteWatch {
  private depth = 0
  private readonly options: WriteWatchOptions

  constructor(options: WriteWatchOptions) {
    this.options = options
  }

  /** Whether a call is one of Node's own, made inside a call seen already. */
  get inner(): boolean {
    return this.depth > 0
  }

  freshId(): number {
    return this.options.freshId()
  }

  sync<T>(start: WriteStart, write: () => T): T {
    const gate = this.options.gates.get(start.file)
    const held = gate !== undefined && !gate.tryPass(true)
    const id = this.begin(start, true, held)
    if (held) {
      gate.stop()
      emit('write-let-go', { id })
    }
    return this.inside(() => {
      try {
        const result = write()
        emit('write-end', { id })
        return result
      } catch (error) {
        emit('write-end', { id, error: (error as Error).message })
        throw error
      }
    })
  }

  /** For functions that take a callback last; `write` is called with one that tells of the end first. */
  callback(start: WriteStart, done: unknown, write: (done: (...results: unknown[]) => void) => void): void {
    const gate = this.options.gates.get(start.file)
    const held = gate !== undefined && !gate.tryPass(false)
    const id = this.begin(start, false, held)
    const go = () => {
      this.inside(() =>
        write((...results) => {
          emit('write-end', { id, ...failure(results[0]) })
          if (typeof done === 'function') (done as (...results: unknown[]) => void)(...results)
        }),
      )
    }
    if (!held) return go()
    void gate.turn().then(() => {
      emit('write-let-go', { id })
      // Outside the promise, so that a throw is the callback's own uncaught exception, as by hand.
      process.nextTick(go)
    })
  }

  promise<T>(start: WriteStart, write: () => Promise<T>): Promise<T> {
    const gate = this.options.gates.get(start.file)
    const held = gate !== undefined && !gate.tryPass(false)
    const id = this.begin(start, false, held)
    const go = () => {
      // What is returned is derived from the write: a rejection that nobody handles stays unhandled.
      return this.inside(write).then(
        (value) => {
          emit('write-end', { id })
          return value
        },
        (error: unknown) => {
          emit('write-end', { id, ...failure(error) })
          throw error
        },
      )
    }
    if (!held) return go()
    return gate.turn().then(() => {
      emit('write-let-go', { id })
      return go()
    })
  }

  /** Runs `action` so that Node's own calls in it are not taken for the learner's. */
  inside<T>(action: () => T): T {
    this.depth++
    try {
      return action()
    } finally {
      this.depth--
    }
  }

  /** The file's path relative to the lesson folder; `undefined` for what is no path. */
  name(path: unknown): string | undefined {
    if (typeof path === 'string') return lessonPath(resolve(path), this.options.lessonDir)
    if (path instanceof URL && path.protocol === 'file:')
      return lessonPath(fileURLToPath(path), this.options.lessonDir)
    if (Buffer.isBuffer(path)) return lessonPath(resolve(path.toString()), this.options.lessonDir)
    return undefined
  }

  here(below: (...args: never[]) => unknown): string | undefined {
    return whereNow(this.options.lessonDir, below)
  }

  private begin(start: WriteStart, sync: boolean, held: boolean): number {
    const { file, text, truncates, stream, place: known, below } = start
    const seen = known?.always ? undefined : placeNow(this.options.lessonDir, below)
    const place = seen ?? { where: known?.where }
    const id = this.freshId()
    emit('write', {
      id,
      file,
      text,
      sync,
      truncates,
      held,
      stream,
      ...place,
      ...this.options.origin(),
    })
    return id
  }
}

function failure(error: unknown): { readonly error?: string } {
  return error instanceof Error ? { error: error.message } : {}
}

const longestText = 2000

/** What a write was asked to write, as far as that is known without reading a stream. */
export function textOf(data: unknown): string {
  if (typeof data === 'string') return data.slice(0, longestText)
  if (ArrayBuffer.isView(data)) {
    return Buffer.from(data.buffer, data.byteOffset, Math.min(data.byteLength, longestText)).toString()
  }
  if (Array.isArray(data)) return data.map(textOf).join('').slice(0, longestText)
  return ''
}

/** The part of a buffer that `write(fd, buffer, offset, length)` or its options object names. */
export function partOf(data: unknown, offset: unknown, length: unknown): unknown {
  if (!ArrayBuffer.isView(data)) return data
  const options =
    typeof offset === 'object' && offset !== null
      ? (offset as { offset?: number; length?: number })
      : undefined
  const from = options?.offset ?? (typeof offset === 'number' ? offset : 0)
  const size = options?.length ?? (typeof length === 'number' ? length : data.byteLength - from)
  return Buffer.from(data.buffer, data.byteOffset + from, Math.max(0, Math.min(size, data.byteLength - from)))
}
