import type { Trace } from './trace.ts'

/** A trace with what judging it needs looked up: requests by name, lines by file, phases by mark. */
export interface TraceView extends Trace {}
