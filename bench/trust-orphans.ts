import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { processesWith } from '../src/lab/child/process-table.ts'

/**
 * The processes that were started with this folder in their environment, each with the ports it
 * listens on: no port stays bound without a process that has it open.
 */
export function orphansOf(folder: string): readonly string[] {
  return processesWith(folder).map((pid) => {
    const ports = listeningPorts(pid)
    return `process ${pid} (${commandOf(pid)})${ports.length === 0 ? '' : ` on port ${ports.join(', ')}`}`
  })
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim().slice(0, 80)
  } catch {
    return 'unknown'
  }
}

/** Known only where there is /proc. */
function listeningPorts(pid: number): readonly number[] {
  try {
    const sockets = new Set(
      readdirSync(`/proc/${pid}/fd`).map(
        (fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1],
      ),
    )
    return ['tcp', 'tcp6'].flatMap((table) =>
      readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
        .split('\n')
        .slice(1)
        .flatMap((line) => {
          const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/)
          const listens = state === '0A' && sockets.has(inode)
          return listens ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : []
        }),
    )
  } catch {
    return []
  }
}
