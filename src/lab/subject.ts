import type { ChildState } from './child-state.ts'
import type { ChildCommand } from './child/setup.ts'
import type { Patience } from './patience.ts'

type WithoutId<C> = C extends { readonly id: number } ? Omit<C, 'id'> : never

/** A learner's process as the parts of the lab see it: what is known of it, and a way to ask. */
export interface Subject {
  readonly child: ChildState
  readonly until: Patience['until']
  readonly changed: Patience['changed']
  /** The process has ended. */
  isGone(): boolean
  /** The process has ended, or stands still for so long that nothing more can be learned. */
  isOver(): boolean
  /** Sends a command and returns the id by which the child answers. */
  ask(command: WithoutId<ChildCommand>): number
}
