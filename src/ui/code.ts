import { highlight } from './highlight.ts'
import type { Screen } from './screen.ts'

export interface CodeFile {
  readonly name: string
  readonly text: string
}

/** A whole file under its name; never wrapped, so that it can be copied. */
export function renderCodeFile({ name, text }: CodeFile, screen: Screen): string {
  const language = name.split('.').at(-1) ?? ''
  return `${screen.colour.dim(`// ${name}`)}\n${highlight(text.trimEnd(), language, screen)}\n`
}
