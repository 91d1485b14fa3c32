/** What can be typed behind the program's name. */
export interface Grammar {
  readonly program: string
  readonly commands: readonly CommandWords[]
  /** Those that fit behind every command. */
  readonly options: readonly OptionWords[]
  readonly lessons: readonly { readonly id: string; readonly title: string }[]
}

export interface CommandWords {
  readonly name: string
  readonly description: string
  readonly options: readonly OptionWords[]
  /** What stands behind it: one of the lessons, one of some words, or nothing. */
  readonly argument: 'lesson' | readonly string[] | undefined
}

export interface OptionWords {
  /** `-y`, `--yes` */
  readonly names: readonly string[]
  readonly description: string
  /** What has to follow it. */
  readonly value: 'path' | 'other' | undefined
}

export const shells = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof shells)[number]

export function takingLessons(commands: readonly CommandWords[]): readonly string[] {
  return commands.flatMap(({ name, argument }) => (argument === 'lesson' ? [name] : []))
}

/** Those that the next word belongs to. */
export function valuedOptions({ options, commands }: Grammar): readonly OptionWords[] {
  const all = [...options, ...commands.flatMap((command) => command.options)]
  return all.filter(({ value }) => value !== undefined)
}
