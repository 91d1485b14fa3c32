import { LearnerError } from '../check/learner-error.ts'
import { readProgress } from '../course/progress-file.ts'
import { blockedLogs, brokenLinks, tryWriting } from '../course/sandbox-health.ts'
import { inspectSandbox } from '../course/sandbox.ts'
import { renderFindings, type Finding } from '../ui/findings.ts'
import type { Context, ExitCode } from './context.ts'
import { writeJson } from './json.ts'
import { examineMachine } from './machine.ts'

/** Is this machine fit? Makes and mends nothing; exit 1 when something has to be solved first. */
export async function doctor(
  context: Context,
  { json = false }: { readonly json?: boolean },
): Promise<ExitCode> {
  const [node, loopback, ...brokers] = await examineMachine(context.signal)
  const findings = [node!, loopback!, ...examineSandbox(context), ...brokers]
  const fit = findings.every(({ status }) => status !== 'problem')
  if (json) writeJson(context.stdout, { schema: 1, fit, findings })
  else context.stdout.write(renderFindings(findings, context))
  return fit ? 0 : 1
}

function examineSandbox(context: Context): readonly Finding[] {
  const sandbox = examine('Sandbox', () => {
    const { kind, root } = inspectSandbox(context)
    tryWriting(root)
    return kind === 'sandbox' ? root : `will be made in ${root}`
  })
  if (sandbox.status === 'problem') return [sandbox]
  const { kind, root } = inspectSandbox(context)
  if (kind === 'vacant') return [sandbox]
  return [
    sandbox,
    examine('Progress', () =>
      readProgress(root).damaged
        ? 'is damaged; the next command rebuilds what can be read of it'
        : 'can be read',
    ),
    examine('Links', () => {
      const broken = brokenLinks(root).map(({ name }) => name)
      return broken.length === 0
        ? "lead to the tool's own packages"
        : `${broken.join(', ')}: the next command mends them`
    }),
    examine('Logs', () => {
      const blocked = blockedLogs(root)
      if (blocked.length === 0) return 'can be written'
      throw new LearnerError(`${blocked.join(', ')}: a folder, where the log has to be.`, {
        hint: 'Rename or remove it.',
      })
    }),
  ]
}

/** What can be fixed by a person becomes a finding; anything else is a bug and goes on. */
function examine(name: string, look: () => string): Finding {
  try {
    return { name, status: 'fine', detail: look() }
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error
    return { name, status: 'problem', detail: error.message, hint: error.hint }
  }
}
