import { join } from 'node:path'
import { viewTrace } from '../check/trace-view.ts'
import type { Trace } from '../check/trace.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import type { FinishedLesson, FinishState } from '../ui/finish.ts'
import { timelineOf } from '../ui/timeline-lanes.ts'
import { answeredAt, answerEnd, type Lane, rowEnd } from '../ui/timeline-model.ts'
import type { Judged } from './judge-lesson.ts'
import type { Context } from './context.ts'
import { shownPath } from './course-state.ts'

/** The end of the course, from the run that proved it. */
export function finishState(context: Context, root: string, judged: readonly Judged[]): FinishState {
  const views = judged.map(({ trace }) => viewTrace(trace))
  const replies = views.flatMap((view) => view.of('reply'))
  const docs = join(root, 'node_modules', 'bgtasks-learn', 'docs', 'background.md')
  return {
    lessons: judged.map(({ lesson, trace }) => ({
      number: lessonNumber(course, lesson),
      title: lesson.title,
      ...proofOf(trace),
    })),
    totals: {
      requests: replies.length,
      waitedMs: replies.reduce((sum, { ms }) => sum + ms, 0),
      lines: views.reduce((sum, view) => sum + view.lines().length, 0),
    },
    read: [
      {
        what: 'The middleware whole: its cases, shutdown, and when not to use it',
        where: shownPath(context, docs),
      },
      ...pointers,
    ],
    build,
  }
}

const pointers: FinishState['read'] = [
  {
    what: "FastAPI's own page, with Python in it",
    where: 'https://fastapi.tiangolo.com/tutorial/background-tasks/',
  },
  {
    what: '`waitUntil`, where there is no server of yours to keep alive',
    where: 'https://hono.dev/docs/api/context#executionctx',
  },
  { what: 'Queues, for tasks that a crash must not lose', where: 'https://docs.bullmq.io' },
]

const build: FinishState['build'] = [
  'Find an `await` in a server of yours that its clients need not wait for, and move it behind the reply.',
  'Kill that server between a reply and its task. If what is lost then matters, give the task to a queue.',
]

/** The request whose work went on longest after its reply. */
function proofOf(trace: Trace): Pick<FinishedLesson, 'proof'> {
  const proofs = timelineOf(trace).lanes.flatMap((lane) => {
    const { answer } = lane
    const sentAt = answeredAt(lane)
    if (sentAt === undefined || answer.kind !== 'reply' || answer.at === undefined) return []
    return [{ waitedMs: answerEnd(answer), afterMs: lastWork(lane) - sentAt }]
  })
  const proof = proofs.toSorted((a, b) => b.afterMs - a.afterMs)[0]
  return proof && proof.afterMs > 0 ? { proof } : {}
}

function lastWork({ rows }: Lane): number {
  const tasks = rows.filter(({ kind }) => kind === 'task' || kind === 'delay')
  return Math.max(0, ...tasks.map(rowEnd))
}
