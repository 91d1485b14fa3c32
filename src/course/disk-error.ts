import { LearnerError } from '../check/learner-error.ts'

/**
 * Runs what touches the disk; a failure that a person can fix becomes a `LearnerError` that says so.
 * `purpose` completes "Could not …", for example `write /home/ana/sandbox`.
 */
export function onDisk<T>(purpose: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw describeDiskError(error, purpose)
  }
}

/** The same error where it is none of the disk's. */
export function describeDiskError(error: unknown, purpose: string): unknown {
  const reason = reasons[errorCode(error) ?? '']
  if (reason === undefined || error instanceof LearnerError) return error
  return new LearnerError(`Could not ${purpose}: ${reason.what}.`, { hint: reason.hint, cause: error })
}

/** For errors nobody expected: those that any access to the disk may meet. Other codes there are bugs of ours. */
export function describeStrayError(error: unknown): unknown {
  const reason = reasons[errorCode(error) ?? '']
  if (reason?.anywhere !== true || !(error instanceof Error)) return error
  return new LearnerError(`Could not go on: ${reason.what} (${error.message}).`, {
    hint: reason.hint,
    cause: error,
  })
}

export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

interface Reason {
  readonly what: string
  readonly hint: string
  readonly anywhere?: true
}

const notAllowed: Reason = {
  anywhere: true,
  what: 'the system does not allow it',
  hint: 'Check who owns the folder, or choose another one with --dir <folder>.',
}
const full: Reason = {
  anywhere: true,
  what: 'the disk is full',
  hint: 'Nothing of yours was touched. Make room, then run the same command again.',
}
const inTheWay: Reason = {
  what: 'a part of that path is a file, not a folder',
  hint: 'Move the file out of the way, or choose another folder with --dir <folder>.',
}

const reasons: Readonly<Record<string, Reason>> = {
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: {
    anywhere: true,
    what: 'that disk can only be read',
    hint: 'Choose a folder on another disk with --dir <folder>.',
  },
  ENOSPC: full,
  EDQUOT: full,
  ENOTDIR: inTheWay,
  EEXIST: inTheWay,
  ENOENT: {
    what: 'a part of that path does not exist',
    hint: 'Check the path, or choose another folder with --dir <folder>.',
  },
  EISDIR: {
    what: 'there is a folder where a file should be',
    hint: 'Rename or remove that folder, then run the same command again.',
  },
  ENAMETOOLONG: {
    what: 'the path is too long for this system',
    hint: 'Choose a folder with a shorter path with --dir <folder>.',
  },
  ELOOP: {
    what: 'its links lead in a circle',
    hint: 'Choose another folder with --dir <folder>.',
  },
  EMFILE: {
    anywhere: true,
    what: 'too many files are open',
    hint: 'Close some programs, then run the same command again.',
  },
}
