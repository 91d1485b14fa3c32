import * as nodeModule from 'node:module'
import { initialize, load, resolve } from './loader-hooks.ts'

interface Hooks {
  readonly resolve: typeof resolve
  readonly load: typeof load
}

/** The same loader on every Node: in this thread where Node can, else in Node's loader thread. */
export function installLoader(lessonDir: string): void {
  const { registerHooks } = nodeModule as { readonly registerHooks?: (hooks: Hooks) => void }
  if (registerHooks) {
    initialize({ lessonDir })
    registerHooks({ resolve, load })
  } else {
    nodeModule.register('./loader-hooks.js', { parentURL: import.meta.url, data: { lessonDir } })
  }
}
