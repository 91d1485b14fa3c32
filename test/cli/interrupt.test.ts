import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { binary, withSandbox } from './bgtasks-learn.ts'

/** Tells its process id, then answers nobody. */
const endless = `
import { writeFileSync } from 'node:fs'
export default {
  fetch() {
    writeFileSync('running', String(process.pid))
    return new Promise(() => {})
  },
}
`

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s in the middle of a check ends quietly with 130, and the server ends with it',
  async (signal) => {
    const { cwd, root } = await withSandbox()
    const lesson = join(root, '04-sending-email')
    writeFileSync(join(lesson, 'app.ts'), endless)
    const progress = readFileSync(join(root, '.bgtasks', 'progress.json'), 'utf8')
    const running = appears(lesson, 'running')
    const child = execa(process.execPath, [binary, 'check', '4'], { cwd, reject: false, timeout: 60_000 })
    const pid = Number(await running)
    child.kill(signal)
    const { exitCode, stdout, stderr } = await child
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 130, stdout: '', stderr: '' })
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    // Nothing was judged, so nothing counts.
    expect(readFileSync(join(root, '.bgtasks', 'progress.json'), 'utf8')).toBe(progress)
  },
)

/** The file's content, once there is some. */
async function appears(folder: string, name: string): Promise<string> {
  const content = () => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
  return await new Promise((resolve) => {
    const watcher = watch(folder, () => {
      if (content() === '') return
      watcher.close()
      resolve(content())
    })
  })
}
