import type { Output } from './context.ts'

/** One JSON object and nothing else; in ASCII, so that no terminal or pipe can spoil it. */
export function writeJson(output: Output, value: unknown): void {
  output.write(`${JSON.stringify(value, undefined, 2).replace(/[^\0-\x7f]/g, escapeCharacter)}\n`)
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
