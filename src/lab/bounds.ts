/** Bounds in milliseconds of time in which the lab itself ran on time. */
export const bounds = {
  /** From the process's start until it listens. */
  ready: 10_000,
  /** For what a process told last, when it has exited. */
  flush: 250,
  /** For a reply, before it is worth asking whether one can come at all. */
  promptReply: 150,
  /** For a reply where nothing proves that none can come. */
  reply: 10_000,
  /** For the bytes that a server may have sent before a sync write stopped it. */
  stopped: 400,
  /** For a server that never runs empty and shows nothing of what it does, while lines are due. */
  quiet: 9_000,
  /** And while none are, or while a write waits at a gate. */
  shortQuiet: 1_000,
  /** For a server that never runs empty, whatever it does. */
  settle: 40_000,
  /** For the gate to move. */
  gate: 10_000,
}
