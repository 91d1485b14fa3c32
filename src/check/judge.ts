import { type Check, linesOf } from './define-check.ts'
import { notesOn } from './notes.ts'
import { judgeServer } from './server-step.ts'
import type { Trace } from './trace.ts'
import { viewTrace } from './trace-view.ts'
import type { Outcome, Step, Verdict } from './verdict.ts'

/** Judges a trace by a check. Pure: the same two always give the same verdict. */
export function judge(check: Check, trace: Trace): Verdict {
  const view = viewTrace(trace)
  const server: Step = { title: 'The server starts, answers and stays up', ...judgeServer(view, check) }
  const known = linesOf(check.expectations, view)
  const rest = check.expectations.map((expectation): Step => {
    if (server.status === 'failed') return { title: expectation.title, status: 'skipped' }
    return { title: expectation.title, ...expectation.judge(view, known) }
  })
  const steps = server.status === 'failed' ? [server, ...rest] : decided([server, ...rest])
  const verdict = outcomeOf(steps)
  return { verdict, steps, notes: verdict === 'passed' ? notesOn(view) : [] }
}

/** Where nothing failed, a step that could not be judged leaves the whole undecided: what was not seen is not passed. */
function decided(steps: readonly Step[]): readonly Step[] {
  if (steps.some(({ status }) => status === 'failed')) return steps
  const detail = 'The run ended before this could be seen. Check again.'
  return steps.map((step) => (step.status === 'skipped' ? { ...step, status: 'inconclusive', detail } : step))
}

function outcomeOf(steps: readonly Step[]): Outcome {
  if (steps.some(({ status }) => status === 'failed')) return 'failed'
  if (steps.some(({ status }) => status === 'inconclusive')) return 'inconclusive'
  return 'passed'
}

/** The step that names the answer's mistake: the first that failed, else the first that was undecided. */
export function decisiveStep({ steps }: Verdict): Step | undefined {
  return (
    steps.find(({ status }) => status === 'failed') ?? steps.find(({ status }) => status === 'inconclusive')
  )
}
