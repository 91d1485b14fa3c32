import { existsSync, readFileSync } from 'node:fs'
import type { LoadFnOutput, LoadHookContext, ResolveFnOutput, ResolveHookContext } from 'node:module'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { transformSync as TransformSync } from 'oxc-transform'
import { emit } from './channel.ts'
import { lessonPath } from './where.ts'

/*
 * Plain functions that never await: Node 22.15 and later run them in the learner's own thread
 * (`registerHooks`), older versions in a thread of Node's (`register`), where `next` returns a
 * promise that is passed on untouched.
 */

export interface LoaderOptions {
  readonly lessonDir: string
  /** The lab is told what is loaded: not of what the learner's code starts. */
  readonly tells: boolean
}

let lessonDir = ''
let tell: typeof emit = () => undefined
const require = createRequire(import.meta.url)
export const ownBackground = new URL('../../background/', import.meta.url).href

export function initialize(options: LoaderOptions): void {
  lessonDir = options.lessonDir
  if (options.tells) tell = emit
}

/** `./tasks`, `./tasks.js` and `./tasks.ts` all find `tasks.ts`, as editors and bundlers do; `./tasks.mjs`, `tasks.mts`. */
export function resolve<R extends ResolveFnOutput | Promise<ResolveFnOutput>>(
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: ResolveHookContext) => R,
): R {
  if (!/^\.{1,2}\//.test(specifier) || !context.parentURL?.startsWith('file:'))
    return next(specifier, context)
  if (context.parentURL.includes('/node_modules/')) return next(specifier, context)
  const asked = new URL(specifier, context.parentURL)
  for (const path of candidates(asked.pathname)) {
    const candidate = new URL(asked)
    candidate.pathname = path
    if (existsSync(candidate)) return next(candidate.href, context)
  }
  return next(specifier, context)
}

function candidates(path: string): readonly string[] {
  if (/\.[cm]?js$/.test(path)) return [path, path.replace(/js$/, 'ts')]
  if (/\.\w+$/.test(path)) return [path, `${path}.ts`, `${path}.js`]
  return [`${path}.ts`, `${path}.js`, `${path}/index.ts`, `${path}/index.js`]
}

export function load<L extends LoadFnOutput | Promise<LoadFnOutput>>(
  url: string,
  context: LoadHookContext,
  next: (url: string, context: LoadHookContext) => L,
): L | LoadFnOutput {
  if (url.startsWith(ownBackground)) tell('course-middleware-loaded')
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return next(url, context)
  const file = fileURLToPath(url)
  if (/\.[cm]?ts$/.test(file)) {
    const format = file.endsWith('.cts') ? 'commonjs' : 'module'
    return { format, shortCircuit: true, source: transformed(file, url) }
  }
  if (file.endsWith('.js') && !url.startsWith(new URL('../../', import.meta.url).href)) transformed(file, url)
  return next(url, context)
}

/** JavaScript with its types erased and a source map in it. A syntax error is told to the lab with its line. */
function transformed(file: string, url: string): string {
  const { transformSync } = require('oxc-transform') as { transformSync: typeof TransformSync }
  const source = readFileSync(file, 'utf8')
  const { code, map, errors } = transformSync(file, source, {
    sourcemap: true,
    target: 'esnext',
    typescript: { onlyRemoveTypeImports: false },
  })
  const error = errors.find(({ severity }) => (severity as string) === 'Error')
  if (error) {
    const offset = error.labels[0]?.start ?? 0
    const line = Buffer.from(source).subarray(0, offset).toString().split('\n').length
    const where = `${lessonPath(file, lessonDir)}:${line}`
    tell('start-failed', { reason: 'syntax', message: error.message, where })
    throw new SyntaxError(`${error.message} (${where})`)
  }
  if (!map) return code
  const inline = Buffer.from(JSON.stringify({ ...map, sources: [url] })).toString('base64')
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`
}
