import type { ChalkInstance } from 'chalk'

/** All that a renderer may know about where its string will be shown. */
export interface Screen {
  /** Columns. */
  readonly width: number
  /** Paints nothing where colour is off, so that renderers never ask. */
  readonly colour: ChalkInstance
  /** ASCII only and no escape codes. */
  readonly plain: boolean
  /** `text` as a link that opens a file (absolute); absent where the terminal takes no links. */
  readonly link?: (text: string, path: string) => string
}
