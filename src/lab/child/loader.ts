import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'
import { emit } from './channel.ts'
import { initialize, load, type LoaderOptions, ownBackground, resolve } from './loader-hooks.ts'
import { patch } from './patch.ts'

interface Hooks {
  readonly resolve: typeof resolve
  readonly load: typeof load
}

/** The same loader on every Node: in this thread where Node can, else in Node's loader thread. */
export function installLoader(options: LoaderOptions): void {
  const { registerHooks } = nodeModule as { readonly registerHooks?: (hooks: Hooks) => void }
  if (registerHooks) {
    initialize(options)
    registerHooks({ resolve, load })
  } else {
    nodeModule.register('./loader-hooks.js', { parentURL: import.meta.url, data: options })
    if (options.tells) watchRequire()
  }
}

/** `require` of a module that is an ES module passes by the hooks of the older kind. */
function watchRequire(): void {
  const own = fileURLToPath(ownBackground)
  patch(
    nodeModule.Module,
    '_resolveFilename',
    (original) =>
      function resolveFilename(this: unknown, ...args: unknown[]) {
        const file = original.apply(this, args)
        if (String(file).startsWith(own)) emit('course-middleware-loaded')
        return file
      },
  )
}
