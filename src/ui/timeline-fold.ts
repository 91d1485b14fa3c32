import { answeredAt, answerEnd, type Lane, rowStart } from './timeline-model.ts'

/** Fewer than this many alike are still told apart at a glance. */
const fewest = 3

/** Puts requests that are alike into one lane: those numbered in their names, and those without any work. */
export function foldLanes(lanes: readonly Lane[]): readonly Lane[] {
  const groups = new Map<string, Lane[]>()
  for (const lane of lanes) {
    const key = likenessOf(lane)
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), lane])
  }
  return lanes.flatMap((lane) => {
    const group = groups.get(likenessOf(lane) ?? '') ?? []
    if (group.length < fewest) return lane
    return lane === group[0] ? fold(group) : []
  })
}

function likenessOf(lane: Lane): string | undefined {
  const { name, route, answer, rows } = lane
  if (name === undefined) return undefined
  const numbered = numberedName(name)
  if (numbered) return `${numbered.stem} ${route}`
  const quiet = rows.every(({ kind }) => kind === 'hold')
  return quiet && answer.kind === 'reply' ? `${route} ${answer.status}` : undefined
}

function numberedName(name: string): { readonly stem: string; readonly number: string } | undefined {
  const match = /^(.*\D)(\d+)$/.exec(name)
  return match ? { stem: match[1]!, number: match[2]! } : undefined
}

/** Shows what went wrong for one of them, for it must not hide behind the others; else the slowest of the usual. */
function fold(group: readonly Lane[]): Lane {
  const alike = (lane: Lane) => group.filter(({ rows }) => rows.length === lane.rows.length).length
  const weight = (lane: Lane) => {
    if (lane.rows.some(({ kind }) => kind === 'crash')) return 4
    if (lane.answer.kind !== 'reply') return 3
    if (lane.rows.some((row) => row.kind !== 'hold' && rowStart(row) < (answeredAt(lane) ?? 0))) return 2
    return alike(lane) / (group.length + 1)
  }
  const wait = ({ answer }: Lane) => answerEnd(answer)
  const [shown] = group.toSorted((a, b) => weight(b) - weight(a) || wait(b) - wait(a))
  const waits = group.filter(({ answer }) => answer.kind === 'reply').map(wait)
  const folded = {
    count: group.length,
    answered: waits.length,
    fastestMs: Math.min(...waits),
    slowestMs: Math.max(...waits),
  }
  return { ...shown!, name: nameOf(group), folded }
}

function nameOf(group: readonly Lane[]): string {
  const names = group.map(({ name = '' }) => name)
  const [first, last] = [numberedName(names[0]!), numberedName(names.at(-1)!)]
  if (first && last) return `${first.stem}${first.number}–${last.number}`
  const words = names[0]!.split(' ')
  const common = words.findIndex((_, index) => {
    const start = words.slice(0, index + 1).join(' ')
    return !names.every((name) => `${name} `.startsWith(`${start} `))
  })
  const shared = words.slice(0, common < 0 ? words.length : common).join(' ')
  return shared === '' ? `${names[0]}, …` : shared
}
