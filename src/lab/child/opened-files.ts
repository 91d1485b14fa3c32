import fs from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { patch } from './patch.ts'
import type { WriteWatch } from './watch-writes.ts'

type AnyFunction = (...args: unknown[]) => unknown

/** The files that are open to be written, by descriptor. */
export type OpenFiles = Map<number, OpenFile>

interface OpenFile {
  readonly file: string
  /** Opened with `w`: what is written replaces what stood there. */
  truncated: boolean
  readonly stream?: StreamOrigin
}

/** Where a write stream was made, and where it was last written to: its own calls come from Node. */
interface StreamOrigin {
  readonly id: number
  readonly made: string | undefined
  written: string | undefined
}

/**
 * Remembers which descriptor stands for which file, for all that are opened to be written. Nobody
 * can have a FileHandle before one was opened: `patchHandles` is given the prototype of all then.
 */
export function watchOpening(watch: WriteWatch, patchHandles: (prototype: FileHandle) => void): OpenFiles {
  const open: OpenFiles = new Map()
  let handlesPatched = false
  const note = (fd: number, path: unknown, flags: unknown) => {
    const file = watch.name(path)
    if (file !== undefined && writingFlag(flags)) open.set(fd, { file, truncated: truncatingFlag(flags) })
  }
  patch(
    fs,
    'openSync',
    (original) =>
      function openSync(...args) {
        const fd = original(...args) as number
        if (!watch.inner) note(fd, args[0], args[1])
        return fd
      },
  )
  patch(
    fs,
    'open',
    (original) =>
      function openFile(...args) {
        const done = args.at(-1)
        if (watch.inner || typeof done !== 'function') return original(...args)
        return original(...args.slice(0, -1), (error: unknown, fd: number) => {
          if (!error) note(fd, args[0], args[1])
          ;(done as AnyFunction)(error, fd)
        })
      },
  )
  patch(
    fs.promises,
    'open',
    (original) =>
      async function openHandle(...args) {
        const handle = (await original(...args)) as FileHandle
        if (!handlesPatched) patchHandles(Object.getPrototypeOf(handle) as FileHandle)
        handlesPatched = true
        note(handle.fd, args[0], args[1])
        return handle
      },
  )
  for (const name of ['close', 'closeSync']) {
    patch(
      fs,
      name,
      (original) =>
        function close(...args) {
          open.delete(args[0] as number)
          return original(...args)
        },
    )
  }
  watchStreams(watch, open)
  return open
}

/**
 * A write stream opens and writes from inside Node, where no frame is the learner's: so the line
 * that made it, then each line that writes to it, is kept with its descriptor.
 */
function watchStreams(watch: WriteWatch, open: OpenFiles): void {
  patch(
    fs,
    'createWriteStream',
    (original) =>
      function createWriteStream(...args) {
        const [path, given] = args
        const options = (typeof given === 'string' ? { encoding: given } : (given ?? {})) as {
          readonly fs?: object
        }
        const file = watch.name(path)
        if (file === undefined || options.fs) return original(...args)
        const made = watch.here(createWriteStream)
        const origin: StreamOrigin = { id: watch.freshId(), made, written: made }
        const openNoted = (...asked: unknown[]) => {
          const done = asked.pop() as AnyFunction
          return (fs.open as AnyFunction)(...asked, (error: unknown, fd: number) => {
            const known = error ? undefined : open.get(fd)
            if (known) open.set(fd, { ...known, stream: origin })
            done(error, fd)
          })
        }
        const { write, writev, close } = fs
        const stream = original(path, {
          ...options,
          fs: { open: openNoted, write, writev, close },
        }) as fs.WriteStream
        follow(watch, stream, origin)
        return stream
      },
  )
}

/** The streams of a FileHandle write through it, and from inside Node as well. */
export function watchHandleStreams(watch: WriteWatch, open: OpenFiles, prototype: FileHandle): void {
  patch(
    prototype,
    'createWriteStream',
    (original) =>
      function createWriteStream(this: FileHandle, ...args) {
        const stream = original.apply(this, args) as fs.WriteStream
        const known = open.get(this.fd)
        if (!known) return stream
        const made = watch.here(createWriteStream)
        const origin: StreamOrigin = { id: watch.freshId(), made, written: made }
        open.set(this.fd, { ...known, stream: origin })
        follow(watch, stream, origin)
        return stream
      },
  )
}

/** Keeps the line of the learner's that last wrote to the stream. */
function follow(watch: WriteWatch, stream: fs.WriteStream, origin: StreamOrigin): void {
  for (const name of ['write', 'end'] as const) {
    patch(
      stream,
      name,
      (method) =>
        function written(this: unknown, ...chunk) {
          origin.written = watch.here(written) ?? origin.written
          return method.apply(this, chunk)
        },
    )
  }
}

function writingFlag(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0
  return typeof flags === 'string' && /[wa+]/.test(flags)
}

export function truncatingFlag(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & fs.constants.O_TRUNC) !== 0
  return typeof flags === 'string' && flags.startsWith('w')
}
