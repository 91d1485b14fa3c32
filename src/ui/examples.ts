/** Command lines with what each does beside it; below it where that is too long. */
export function renderExamples(
  examples: readonly { readonly command: string; readonly does: string }[],
): string {
  if (examples.length === 0) return ''
  const widest = Math.max(...examples.map(({ command }) => command.length))
  const beside = examples.every(({ does }) => 2 + widest + 2 + does.length <= columns)
  const lines = examples.map(({ command, does }) =>
    beside ? `  ${command.padEnd(widest)}  ${does}` : `  ${command}\n      ${does}`,
  )
  return `\nExamples:\n${lines.join('\n')}`
}

const columns = 80
