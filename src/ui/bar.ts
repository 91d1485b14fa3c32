import type { Screen } from './screen.ts'

/** `████░░░ 3 of 7 passed`; only the words where there is no room for a bar. */
export function renderBar(lessons: readonly { readonly passed: boolean }[], screen: Screen): string {
  const { colour, plain, width } = screen
  const passed = lessons.filter((lesson) => lesson.passed).length
  const words = `${passed} of ${lessons.length} passed`
  const cell = Math.min(4, Math.floor((Math.min(width, 80) - words.length - 4) / lessons.length))
  if (cell < 1) return words
  const [full, empty] = plain ? ['#', '-'] : ['█', '░']
  const done = colour.green(full.repeat(cell * passed))
  const left = colour.dim(empty.repeat(cell * (lessons.length - passed)))
  return plain ? `[${done}${left}] ${words}` : `${done}${left} ${words}`
}
