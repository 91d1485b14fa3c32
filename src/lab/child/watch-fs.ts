import fs from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { devNull } from 'node:os'
import { patch } from './patch.ts'
import { partOf, textOf, type WriteStart, type WriteWatch } from './watch-writes.ts'

type AnyFunction = (...args: unknown[]) => unknown
type Describe = (args: readonly unknown[], below: AnyFunction) => WriteStart | undefined

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
 * Patches every function of `node:fs` that can reach a file, in its sync, callback, promise,
 * FileHandle and stream forms. Reading is left alone.
 */
export async function watchFs(watch: WriteWatch): Promise<void> {
  const open = new Map<number, OpenFile>()
  const describe = describers(watch, open)
  const { promises } = fs

  for (const [name, description] of describe.whole) {
    patch(fs, `${name}Sync`, sync(watch, description))
    patch(fs, name, callback(watch, description))
    patch(promises, name, promised(watch, description))
  }
  for (const [name, description] of describe.byDescriptor) {
    patch(fs, `${name}Sync`, sync(watch, description))
    patch(fs, name, callback(watch, description))
  }
  watchOpening(watch, open)
  watchStreams(watch, open)

  const handle = await promises.open(devNull, 'r')
  const prototype = Object.getPrototypeOf(handle) as FileHandle
  await handle.close()
  for (const [name, description] of describe.byHandle) patch(prototype, name, promised(watch, description))
  patch(
    prototype,
    'close',
    (original) =>
      function close(this: FileHandle) {
        open.delete(this.fd)
        return original.call(this)
      },
  )
  syncBuiltinESMExports()
}

function describers(watch: WriteWatch, open: Map<number, OpenFile>) {
  const byFd = (fd: unknown): OpenFile | undefined => (typeof fd === 'number' ? open.get(fd) : undefined)
  const fdOf = (target: unknown): unknown => (isHandle(target) ? target.fd : target)

  function opened(fd: unknown, text: string, below: AnyFunction, truncates = false): WriteStart | undefined {
    const file = byFd(fd)
    if (!file) return undefined
    const { stream, truncated } = file
    const start = { file: file.file, text, truncates: truncates || truncated, below }
    file.truncated = false
    if (!stream) return start
    // The line that made a stream decided whether it truncates; the one that writes to it, what.
    const place = truncated ? { where: stream.made, always: true } : { where: stream.written, always: false }
    return { ...start, stream: stream.id, place }
  }
  function whole(truncates: (options: unknown) => boolean): Describe {
    return ([target, data, options], below) => {
      const fd = fdOf(target)
      if (typeof fd === 'number') return opened(fd, textOf(data), below)
      const file = watch.name(target)
      return file === undefined
        ? undefined
        : { file, text: textOf(data), truncates: truncates(options), below }
    }
  }
  const flagTruncates = (options: unknown) =>
    truncatingFlag((options as { flag?: unknown } | undefined)?.flag ?? 'w')
  const onto: Describe = ([, target], below) => {
    const file = watch.name(target)
    return file === undefined ? undefined : { file, text: '', truncates: true, below }
  }
  const cut: Describe = ([target], below) => {
    const file = watch.name(target)
    return file === undefined ? undefined : { file, text: '', truncates: true, below }
  }

  return {
    whole: new Map<string, Describe>([
      ['appendFile', whole(() => false)],
      ['writeFile', whole(flagTruncates)],
      ['rename', onto],
      ['copyFile', onto],
      ['truncate', cut],
      ['unlink', cut],
      ['rm', cut],
    ]),
    byDescriptor: new Map<string, Describe>([
      [
        'write',
        ([fd, data, offset, length], below) => opened(fd, textOf(partOf(data, offset, length)), below),
      ],
      ['writev', ([fd, data], below) => opened(fd, textOf(data), below)],
      ['ftruncate', ([fd], below) => opened(fd, '', below, true)],
    ]),
    byHandle: new Map<string, Describe>([
      [
        'write',
        ([handle, data, offset, length], below) =>
          opened(fdOf(handle), textOf(partOf(data, offset, length)), below),
      ],
      ['writev', ([handle, data], below) => opened(fdOf(handle), textOf(data), below)],
      ['appendFile', ([handle, data], below) => opened(fdOf(handle), textOf(data), below)],
      ['writeFile', ([handle, data], below) => opened(fdOf(handle), textOf(data), below)],
      ['truncate', ([handle], below) => opened(fdOf(handle), '', below, true)],
    ]),
  }
}

function sync(watch: WriteWatch, describe: Describe) {
  return (original: AnyFunction): AnyFunction =>
    function patched(this: unknown, ...args) {
      const start = watch.inner ? undefined : describe(args, patched)
      if (!start) return original.apply(this, args)
      return watch.sync(start, () => original.apply(this, args))
    }
}

function callback(watch: WriteWatch, describe: Describe) {
  return (original: AnyFunction): AnyFunction =>
    function patched(this: unknown, ...args) {
      const done = args.at(-1)
      const start =
        watch.inner || typeof done !== 'function' ? undefined : describe(args.slice(0, -1), patched)
      if (!start) return original.apply(this, args)
      watch.callback(start, done, (ended) => original.apply(this, [...args.slice(0, -1), ended]))
      return undefined
    }
}

/** Promise forms; on a FileHandle `this` is told apart from the module by its descriptor. */
function promised(watch: WriteWatch, describe: Describe) {
  return (original: AnyFunction): AnyFunction =>
    function patched(this: unknown, ...args) {
      const start = watch.inner ? undefined : describe(isHandle(this) ? [this, ...args] : args, patched)
      if (!start) return original.apply(this, args)
      return watch.promise(start, () => original.apply(this, args) as Promise<unknown>)
    }
}

/** Remembers which descriptor stands for which file, for all that are opened to be written. */
function watchOpening(watch: WriteWatch, open: Map<number, OpenFile>): void {
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
}

/**
 * A write stream opens and writes from inside Node, where no frame is the learner's: so the line
 * that made it, then each line that writes to it, is kept with its descriptor.
 */
function watchStreams(watch: WriteWatch, open: Map<number, OpenFile>): void {
  let lastStream = 0
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
        const origin: StreamOrigin = { id: ++lastStream, made, written: made }
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
        for (const name of ['write', 'end'] as const) {
          patch(
            stream,
            name,
            (method) =>
              function written(this: unknown, ...given) {
                origin.written = watch.here(written) ?? origin.written
                return method.apply(this, given)
              },
          )
        }
        return stream
      },
  )
}

function isHandle(value: unknown): value is FileHandle {
  return typeof value === 'object' && value !== null && typeof (value as { fd?: unknown }).fd === 'number'
}

function writingFlag(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0
  return typeof flags === 'string' && /[wa+]/.test(flags)
}

function truncatingFlag(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & fs.constants.O_TRUNC) !== 0
  return typeof flags === 'string' && flags.startsWith('w')
}
