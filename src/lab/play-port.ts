import { createServer } from 'node:net'

/** How many ports above a taken one are tried. */
const tries = 50

/** Why nobody can listen on a port of 127.0.0.1: the system's code; `undefined` where it is free. */
export async function portTrouble(port: number): Promise<string | undefined> {
  const server = createServer()
  try {
    return await new Promise((resolve) => {
      server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(undefined))
    })
  } finally {
    server.close()
  }
}

/** The first free port above; `undefined` where there is none near. */
export async function nextFreePort(port: number): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(port + tries, 65_535); next++) {
    if ((await portTrouble(next)) === undefined) return next
  }
  return undefined
}
