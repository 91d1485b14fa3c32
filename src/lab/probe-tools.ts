import type { ProbeTools, WatchedFile } from '../check/probe.ts'
import { parseJson } from '../check/trace-view.ts'
import type { Recorder } from './recorder.ts'
import type { LabServer } from './server.ts'
import { logName } from './watched-files.ts'

interface Tools {
  readonly server: LabServer
  readonly recorder: Recorder
  readonly nonce: string
  readonly watched: readonly string[]
}

/** The words a probe is written in, over a server under the lab's hand. */
export function probeTools({ server, recorder, nonce, watched }: Tools): ProbeTools {
  const file = (name: string): WatchedFile => {
    if (!watched.includes(name)) throw new Error(`The check does not name ${name} in its files.`)
    return {
      hold: () => server.holds.hold(name),
      release: () => server.holds.release(name),
      releaseOneByOne: () => server.holds.releaseOneByOne(name),
    }
  }
  return {
    server: {
      get: (path, options) => server.requests.send({ method: 'GET', path, ...options }),
      post: (path, options) => server.requests.send({ method: 'POST', path, ...options }),
      arrives: server.requests.arrives,
      json: (as) => parseJson(server.requests.body(as)),
      settles: server.settles,
    },
    log: file(logName),
    file,
    nonce,
    mark: (name) => recorder.record({ kind: 'mark', name }),
  }
}
