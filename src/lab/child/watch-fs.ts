import fs from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { type OpenFiles, truncatingFlag, watchHandleStreams, watchOpening } from './opened-files.ts'
import { patch } from './patch.ts'
import { partOf, textOf, type WriteStart, type WriteWatch } from './watch-writes.ts'

type AnyFunction = (...args: unknown[]) => unknown
interface Wrote {
  readonly text: string
  readonly truncates?: boolean
}

type Describe = (args: readonly unknown[], below: AnyFunction) => WriteStart | undefined

/**
 * Patches every function of `node:fs` that can reach a file, in its sync, callback, promise,
 * FileHandle and stream forms. Reading is left alone.
 */
export function watchFs(watch: WriteWatch): void {
  const open = watchOpening(watch, patchHandles)
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

  syncBuiltinESMExports()

  function patchHandles(prototype: FileHandle): void {
    for (const [name, description] of describe.byHandle) patch(prototype, name, promised(watch, description))
    watchHandleStreams(watch, open, prototype)
    patch(
      prototype,
      'close',
      (original) =>
        function close(this: FileHandle) {
          open.delete(this.fd)
          return original.call(this)
        },
    )
  }
}

function describers(watch: WriteWatch, open: OpenFiles) {
  const fdOf = (target: unknown): unknown => (isHandle(target) ? target.fd : target)

  function opened(fd: unknown, below: AnyFunction, wrote: Wrote): WriteStart | undefined {
    const file = typeof fd === 'number' ? open.get(fd) : undefined
    if (!file) return undefined
    const { stream, truncated } = file
    const start = { file: file.file, text: wrote.text, truncates: wrote.truncates ?? truncated, below }
    file.truncated = false
    if (!stream) return start
    // The line that made a stream decided whether it truncates; the one that writes to it, what.
    const place = truncated ? { where: stream.made, always: true } : { where: stream.written, always: false }
    return { ...start, stream: stream.id, place }
  }
  function whole(usualFlag: string): Describe {
    return ([target, data, options], below) => {
      const fd = fdOf(target)
      const text = textOf(data)
      if (typeof fd === 'number') return opened(fd, below, { text })
      const file = watch.name(target)
      const { flag = usualFlag } = (options ?? {}) as { readonly flag?: unknown }
      return file === undefined ? undefined : { file, text, truncates: truncatingFlag(flag), below }
    }
  }
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
      ['appendFile', whole('a')],
      ['writeFile', whole('w')],
      ['rename', onto],
      ['copyFile', onto],
      ['truncate', cut],
      ['unlink', cut],
      ['rm', cut],
    ]),
    byDescriptor: new Map<string, Describe>([
      [
        'write',
        ([fd, data, offset, length], below) =>
          opened(fd, below, { text: textOf(partOf(data, offset, length)) }),
      ],
      ['writev', ([fd, data], below) => opened(fd, below, { text: textOf(data) })],
      ['ftruncate', ([fd], below) => opened(fd, below, { text: '', truncates: true })],
    ]),
    byHandle: new Map<string, Describe>([
      [
        'write',
        ([handle, data, offset, length], below) =>
          opened(fdOf(handle), below, { text: textOf(partOf(data, offset, length)) }),
      ],
      ['writev', ([handle, data], below) => opened(fdOf(handle), below, { text: textOf(data) })],
      ['appendFile', ([handle, data], below) => opened(fdOf(handle), below, { text: textOf(data) })],
      ['writeFile', ([handle, data], below) => opened(fdOf(handle), below, { text: textOf(data) })],
      ['truncate', ([handle], below) => opened(fdOf(handle), below, { text: '', truncates: true })],
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

function isHandle(value: unknown): value is FileHandle {
  return typeof value === 'object' && value !== null && typeof (value as { fd?: unknown }).fd === 'number'
}
