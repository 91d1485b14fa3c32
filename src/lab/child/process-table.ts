import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** As long as a program of the system may take. */
const commandMs = 2_000

/**
 * The other processes of this machine in whose environment `text` stands, by id. The environment is
 * what a process was started with, so nothing that it does later hides it. Sync, because the last who
 * asks is a thread that ends its own process next. Windows tells nobody: none are found there.
 */
export function processesWith(text: string): readonly number[] {
  const found = process.platform === 'linux' ? fromProc(text) : fromPs(text)
  return found.filter((pid) => pid !== process.pid)
}

/** Ends a process and all that it started, as far as the system can tell whose they are. */
export function killTree(pid: number): void {
  try {
    // A learner's server is the first of a group of its own.
    if (process.platform !== 'win32') process.kill(-pid, 'SIGKILL')
    else spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true, timeout: commandMs })
  } catch {
    // Gone already.
  }
}

/** Kills them all, and those they start meanwhile. */
export function killProcessesWith(text: string): void {
  // Each pass but the last ends some: only who forks without end could outrun this.
  for (let pass = 0; pass < 10; pass++) {
    const pids = processesWith(text)
    if (pids.length === 0) return
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // Gone already, or not ours to end.
      }
    }
  }
}

function fromProc(text: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        // A process that has ended and waits for its parent to notice has no environment any more.
        return pid > 0 && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text)
      } catch {
        // Gone meanwhile, or another user's.
        return false
      }
    })
}

function fromPs(text: string): readonly number[] {
  if (process.platform === 'win32') return []
  try {
    const listed = execFileSync('ps', ['-axEww', '-o', 'pid=,command='], {
      encoding: 'utf8',
      timeout: commandMs,
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const lines = listed.split('\n').filter((line) => line.includes(text))
    return lines.map((line) => Number.parseInt(line, 10))
  } catch {
    return []
  }
}
