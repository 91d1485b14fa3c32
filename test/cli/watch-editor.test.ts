import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withSandbox } from './bgtasks-learn.ts'
import { openTerminal } from './terminal.ts'

const lesson3 = '03-basic-example'

/** Elsewhere there are no scripts that begin with `#!`. */
const onUnix = process.platform !== 'win32'

test.runIf(onUnix)('an editor in the terminal gets the terminal and gives it back', async () => {
  const { cwd, root } = await withSandbox()
  const editor = join(cwd, 'vim')
  writeFileSync(editor, '#!/bin/sh\necho "editing $*"\nread line\necho "// $line" >> "$2"\n')
  chmodSync(editor, 0o755)
  writeFileSync(join(root, lesson3, 'app.ts'), 'this is wrong (\n')
  const terminal = openTerminal(['watch', '3'], { cwd, columns: 200, env: { EDITOR: editor } })
  await terminal.sees('does-not-start')
  terminal.type('e')
  await terminal.sees(`editing +1 ${join(root, lesson3, 'app.ts')}`)
  expect(terminal.isFullScreen()).toBe(false)
  // Whole lines with an echo, as a program expects to find its terminal.
  terminal.type('by hand\r')
  await terminal.sees('Back from')
  expect(terminal.isFullScreen()).toBe(true)
  await terminal.sees('app.ts saved at')
  expect(readFileSync(join(root, lesson3, 'app.ts'), 'utf8')).toContain('// by hand')
})

test('an editor that is not there is told of, and the watching goes on', async () => {
  const { cwd } = await withSandbox()
  const terminal = openTerminal(['watch', '3'], { cwd, env: { VISUAL: 'no-such-editor', EDITOR: 'vim' } })
  await terminal.sees('✗ not yet')
  terminal.type('e')
  await terminal.sees('There is no program no-such-editor')
  await terminal.sees('Open this file in yours')
  terminal.type('r')
  await terminal.sees('3. Basic example')
})

test.runIf(onUnix)(
  'without a named editor none is started in the terminal, and the file is told',
  async () => {
    const { cwd, root } = await withSandbox()
    // All there is: a vi that would say so, and a vim that runs in some other window.
    for (const [name, script] of Object.entries({
      ps: 'echo vim',
      vi: 'echo $0 > trap',
      vim: 'echo $0 > trap',
    })) {
      writeFileSync(join(cwd, name), `#!/bin/sh\n${script}\n`)
      chmodSync(join(cwd, name), 0o755)
    }
    const terminal = openTerminal(['watch', '3'], { cwd, columns: 120, env: { PATH: cwd } })
    await terminal.sees('✗ not yet')
    terminal.type('e')
    await terminal.sees('No editor was found. Open this file in yours:')
    expect(terminal.screen()).toContain(join(root, lesson3, 'app.ts'))
    expect(terminal.screen()).toContain('EDITOR=nano')
    expect(terminal.isFullScreen()).toBe(true)
    expect(existsSync(join(cwd, 'trap'))).toBe(false)
  },
)
