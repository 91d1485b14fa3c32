import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Chalk } from 'chalk'
import { describe, test, vi } from 'vitest'
import { decisiveStep, judge } from '../../dist/src/check/judge.js'
import type { Lesson } from '../../dist/src/check/lesson.js'
import type { Trace } from '../../dist/src/check/trace.js'
import type { Mistake, Verdict } from '../../dist/src/check/verdict.js'
import { runProbe } from '../../dist/src/lab/run-probe.js'
import { course } from '../../dist/lessons/index.js'
import { renderVerdict } from '../../src/ui/verdict.ts'
import { answerSandbox } from './answer-sandbox.ts'

/** What an answer's `expected.json` says. */
interface Expected {
  readonly mistake: Mistake
  /** The line of the learner's that the verdict points at; left out where the trace cannot know it. */
  readonly where?: string
  /** Who writes this, and why. */
  readonly about: string
  /** It uses what Windows does not bring along, as the shell's `sleep`. */
  readonly posix?: true
}

const corpus = join(import.meta.dirname, 'wrong')
const screens = join(import.meta.dirname, 'screens')
const windows = process.platform === 'win32'
// Each runs a server of its own, and the machine may have two cores.
vi.setConfig({ maxConcurrency: 3, testTimeout: 240_000 })

for (const [index, lesson] of course.entries()) {
  describe.concurrent(lesson.id, () => {
    test.for(readdirSync(join(corpus, lesson.id)))('%s', async (name, { expect, skip }) => {
      const answer = join(corpus, lesson.id, name)
      const expected = JSON.parse(readFileSync(join(answer, 'expected.json'), 'utf8')) as Expected
      skip(windows && expected.posix === true, 'needs a POSIX shell')
      const { verdict, trace, screen } = await judgeAnswer(answer, { lesson, number: index + 1 })
      const seen = decisiveStep(verdict)
      const { mistake, where = seen?.where } = expected
      expect(
        { verdict: verdict.verdict, mistake: seen?.mistake, where: seen?.where },
        `${seen?.detail}\n${trace.events.map((event) => JSON.stringify(event)).join('\n')}`,
      ).toEqual({ verdict: 'failed', mistake, where })
      // The system's own messages name files in its own way there.
      if (!windows) await expect(screen).toMatchFileSnapshot(join(screens, lesson.id, `${name}.txt`))
    })
  })
}

interface Judged {
  readonly verdict: Verdict
  readonly trace: Trace
  readonly screen: string
}

async function judgeAnswer(
  answer: string,
  { lesson, number }: { readonly lesson: Lesson; readonly number: number },
): Promise<Judged> {
  const sandbox = answerSandbox(answer, lesson.id)
  try {
    const { probe, files = [] } = lesson.check
    const trace = await runProbe({ lessonDir: sandbox.lessonDir, probe, files })
    const verdict = judge(lesson.check, trace)
    const same = sameEachTime(trace.nonce, sandbox.root)
    const screen = renderVerdict(
      {
        lesson: { number, title: lesson.title },
        verdict: same(verdict),
        trace: same(trace),
        folder: lesson.id,
        source: (file) => {
          const path = join(sandbox.lessonDir, file)
          return existsSync(path) ? readFileSync(path, 'utf8') : undefined
        },
        next: [
          { text: 'Check again', command: `npx bgtasks-learn check ${number}` },
          { text: 'A hint', command: `npx bgtasks-learn hint ${number}` },
        ],
        seenFrom: 'end',
      },
      { width: 80, colour: new Chalk({ level: 0 }), plain: false },
    )
    return { verdict, trace, screen }
  } finally {
    sandbox.remove()
  }
}

/**
 * Replaces what differs from run to run, before lines are wrapped and not after. Of several people who
 * were asked for alike, a busy machine may show another one.
 */
function sameEachTime(nonce: string, root: string): <T>(data: T) => T {
  const text = (_key: string, value: unknown): unknown =>
    typeof value !== 'string'
      ? value
      : value
          .replace(new RegExp(`\\b[a-z]+-${nonce}(@|%40)`, 'g'), 'ada-abcdef$1')
          .replaceAll(nonce, 'abcdef')
          .replaceAll(root, '<sandbox>')
          .replace(/\b\d+(\.\d+)? (ms|s)\b/g, 'N $2')
          .replace(/\b\d+ times\b/g, 'N times')
          // Which of many lines is lost in a race is for the race to say.
          .replace(/\bmessage \d+\b/g, 'message N')
  return <T>(data: T) => JSON.parse(JSON.stringify(data), text) as T
}
