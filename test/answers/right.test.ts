import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, vi } from 'vitest'
import { course } from '../../dist/lessons/index.js'
import { judge } from '../../dist/src/check/judge.js'
import type { Lesson } from '../../dist/src/check/lesson.js'
import type { Trace } from '../../dist/src/check/trace.js'
import type { NoteName, Verdict } from '../../dist/src/check/verdict.js'
import { runProbe } from '../../dist/src/lab/run-probe.js'
import { answerSandbox } from './answer-sandbox.ts'

/** What an answer's `expected.json` says. */
interface Expected {
  /** The remarks on it; none where left out. */
  readonly notes?: readonly NoteName[]
  /** Remarks that are true on some versions of Node only. */
  readonly perhaps?: readonly NoteName[]
  /** What is special about it. */
  readonly about: string
}

const corpus = join(import.meta.dirname, 'right')
// Each runs a server of its own, and the machine may have two cores.
vi.setConfig({ maxConcurrency: 3, testTimeout: 240_000 })

for (const lesson of course) {
  describe.concurrent(lesson.id, () => {
    test.for(answersTo(lesson))('%s', async (name, { expect }) => {
      const answer = join(corpus, lesson.id, name)
      const expected = JSON.parse(readFileSync(join(answer, 'expected.json'), 'utf8')) as Expected
      const { notes = [], perhaps = [] } = expected
      const { verdict, trace } = await judgeAnswer(answer, lesson)
      const seen = verdict.notes.map(({ note }) => note).filter((note) => !perhaps.includes(note))
      expect(
        { verdict: verdict.verdict, notes: seen },
        [...verdict.steps.filter(({ status }) => status !== 'passed'), ...verdict.notes, ...trace.events]
          .map((each) => JSON.stringify(each))
          .join('\n'),
      ).toEqual({ verdict: 'passed', notes })
    })
  })
}

function answersTo(lesson: Lesson): readonly string[] {
  const folder = join(corpus, lesson.id)
  return existsSync(folder) ? readdirSync(folder) : []
}

async function judgeAnswer(
  answer: string,
  lesson: Lesson,
): Promise<{ readonly verdict: Verdict; readonly trace: Trace }> {
  const { probe, files = [] } = lesson.check
  const sandbox = answerSandbox(answer, lesson.id)
  try {
    const trace = await runProbe({ lessonDir: sandbox.lessonDir, probe, files })
    return { verdict: judge(lesson.check, trace), trace }
  } finally {
    sandbox.remove()
  }
}
