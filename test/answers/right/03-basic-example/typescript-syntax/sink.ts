export type Line = string & { __line?: true }
export interface Sink { put(line: Line): Promise<void> }
