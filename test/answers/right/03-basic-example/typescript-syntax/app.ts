/// <reference types="node" />
import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { Sink, type Line } from './sink'
import { Level } from './level.js'

declare global {
  var logged: number
}
const enum Flag { A = 'a' }
abstract class Base<T> {
  protected abstract put(line: T): Promise<void>
  later(line: T): void
  later(line: T, level?: Level): void
  later(line: T, level: Level = Level.Info) {
    setImmediate(() => this.put(line))
  }
}
class File extends Base<Line> implements Sink {
  constructor(protected readonly path: string, public level: Level = Level.Info) { super() }
  override async put(line: Line) {
    await appendFile(this.path, <string>line + '\n', { flag: Flag.A } satisfies { flag: string })
  }
}
const file = new File('log.txt')
const app = new Hono()
app.post('/log/', (c: Context) => {
  const msg = c.req.query('msg')! ?? ''
  file.later(msg as Line)
  return c.json({ status: 'Message logged in background' } as const)
})
export default app satisfies { fetch: unknown }
