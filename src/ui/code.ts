import type { Screen } from './screen.ts'

export interface CodeFile {
  readonly name: string
  readonly text: string
}

/** A whole file under its name; never wrapped, so that it can be copied. */
export function renderCodeFile({ name, text }: CodeFile, { colour }: Screen): string {
  return `${colour.dim(`// ${name}`)}\n${text.trimEnd()}\n`
}
