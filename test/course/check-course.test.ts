import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { course } from '../../dist/lessons/index.js'
import { decisiveStep, judge } from '../../dist/src/check/judge.js'
import { runProbe } from '../../dist/src/lab/run-probe.js'
import { openSandbox } from '../../src/course/sandbox.ts'
import { packageRoot, solutionsRoot, startersRoot } from '../../src/course/package-root.ts'
import { filesUnder } from '../../src/course/starter.ts'
import { type AnswerSandbox, answerSandbox } from '../answers/answer-sandbox.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { readSnippets, type Snippet } from './snippets.ts'

const run = promisify(execFile)
const folders = ['lessons', 'sandbox', 'solutions'].map((name) => join(packageRoot, name))

/** The course proves itself: `npm run check-course`. */
describe('the course', () => {
  it('has nothing in its folders that belongs to no lesson', () => {
    const known = course.map(({ id }) => id)
    const shared = {
      lessons: ['index.ts'],
      sandbox: ['README.md', 'gitignore', 'package.json', 'tsconfig.json'],
      solutions: [],
    }
    expect(readdirSync(folders[0]!).toSorted()).toEqual([...known, ...shared.lessons].toSorted())
    expect(readdirSync(folders[1]!).toSorted()).toEqual([...known, ...shared.sandbox].toSorted())
    expect(readdirSync(folders[2]!).toSorted()).toEqual([...known, ...shared.solutions].toSorted())
  })

  it('numbers its lessons in order', () => {
    expect(course.map(({ id }) => Number(id.slice(0, 2)))).toEqual(course.map((_, index) => index + 1))
  })
})

describe.each(course)('$id', ({ id, hints, title, summary, prediction, check }) => {
  it('has a text with every part, a check, and nothing else', () => {
    expect(readdirSync(join(packageRoot, 'lessons', id)).toSorted()).toEqual([
      'check.ts',
      'lesson.md',
      'lesson.ts',
    ])
    const text = readFileSync(join(packageRoot, 'lessons', id, 'lesson.md'), 'utf8')
    const headings = text.match(/^#{1,2} .+$/gm)
    expect(headings).toEqual([
      `# ${Number(id.slice(0, 2))}. ${title}`,
      '## The idea',
      '## In FastAPI',
      '## In Hono',
      '## What differs in Node',
      '## Your task',
      '## Try it',
      '## What the check does',
      '## In the real world',
    ])
    expect(text).toMatch(/^```sh\n(?:.*\n)*?curl /m)
  })

  it('has a summary and at least three hints, each its own', () => {
    expect(summary).toMatch(/^[A-Z].+\.$/)
    expect(hints.length).toBeGreaterThanOrEqual(3)
    expect(new Set(hints).size).toBe(hints.length)
  })

  it('has a starter that says what to do, and a model answer of the same files without a TODO', () => {
    expect(filesUnder(solutionsRoot, id)).toEqual(filesUnder(startersRoot, id))
    const contents = (root: string) =>
      filesUnder(root, id)
        .map((file) => readFileSync(join(root, file), 'utf8'))
        .join('\n')
    expect(contents(startersRoot)).toMatch(/TODO/)
    expect(contents(solutionsRoot)).not.toMatch(/TODO/)
  })

  it('fails the starter with a mistake, though it starts', async () => {
    const verdict = await judged(join(startersRoot, id))
    expect(verdict.verdict).toBe('failed')
    expect(decisiveStep(verdict)?.mistake).not.toBe('does-not-start')
  })

  it('passes the model answer, without a note', async () => {
    const { verdict, steps, notes } = await judged(join(solutionsRoot, id))
    expect(steps.filter(({ status }) => status !== 'passed')).toEqual([])
    expect({ verdict, notes }).toEqual({ verdict: 'passed', notes: [] })
  })

  it('asks a question that exactly one choice answers, measured on the starter', async () => {
    for (const ms of [undefined, ...Array.from({ length: 400 }, (_, index) => index * 50)]) {
      expect(prediction.choices.filter((choice) => choice.fits(ms))).toHaveLength(1)
    }
    const sandbox = answerSandbox(join(startersRoot, id), id)
    try {
      const { events } = await runProbe({ lessonDir: sandbox.lessonDir, probe: prediction.probe })
      const reply = events.find((event) => event.kind === 'reply' && event.request === 'starter')
      expect(reply).toBeDefined()
    } finally {
      sandbox.remove()
    }
  })

  async function judged(folder: string) {
    const sandbox = answerSandbox(folder, id)
    try {
      const { probe, files = [] } = check
      return judge(check, await runProbe({ lessonDir: sandbox.lessonDir, probe, files }))
    } finally {
      sandbox.remove()
    }
  }
})

describe('an editor in the sandbox', () => {
  it('has no red lines: starters, model answers and every snippet of the texts', async () => {
    const folder = temporaryFolder()
    const { root } = openSandbox({ dir: join(folder, 'sandbox'), cwd: folder, env: {} })
    for (const { id } of course) {
      for (const file of filesUnder(solutionsRoot, id)) {
        await mkdir(dirname(join(root, 'solutions', file)), { recursive: true })
        await writeFile(join(root, 'solutions', file), readFileSync(join(solutionsRoot, file)))
      }
      for (const snippet of readSnippets(id)) await place(root, snippet)
    }
    const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc')
    const compiled = await run(process.execPath, [tsc, '-p', root], { cwd: root }).catch(
      (error: unknown) => error as { readonly stdout: string },
    )
    expect(compiled.stdout).toBe('')
  })
})

describe('the snippets of the texts', () => {
  const snippets = course.flatMap(({ id }) => readSnippets(id))
  let sandbox: AnswerSandbox

  beforeAll(async () => {
    sandbox = answerSandbox(join(solutionsRoot, course[0]!.id), course[0]!.id)
    for (const snippet of snippets) await place(sandbox.root, snippet)
  })
  afterAll(() => sandbox.remove())

  it('are there in every lesson', () => {
    expect(new Set(snippets.map(({ lesson }) => lesson)).size).toBe(course.length)
  })

  it.each(snippets)('run: $lesson, line $line', async ({ request, name }) => {
    const { events } = await runProbe({
      lessonDir: join(sandbox.root, 'snippets', name),
      async probe({ server }) {
        if (request?.method === 'GET') await server.get(request.path, { as: 'asked' })
        else if (request) await server.post(request.path, { as: 'asked' })
        await server.settles({ lines: 0 })
      },
    })
    expect(events.filter(({ kind }) => kind === 'crash')).toEqual([])
    const [failure] = events.filter((event) => event.kind === 'start-failed')
    if (!request) {
      // It shows a function, or a server of its own, and exports no app: loading it is the test.
      expect([undefined, 'no-export', 'listens-itself']).toContain(failure?.reason)
      return
    }
    expect(events.find((event) => event.kind === 'reply')).toMatchObject({ status: request.status })
  })
})

async function place(root: string, { name, code }: Snippet): Promise<void> {
  const folder = join(root, 'snippets', name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'app.ts'), code)
}
