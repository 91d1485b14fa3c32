import { register } from 'node:module'
import { connect, createServer, type AddressInfo } from 'node:net'
import { LearnerError } from '../check/learner-error.ts'
import type { Finding } from '../ui/findings.ts'

/** What the course needs of Node and of the network; brokers are for the curious. */
export async function examineMachine(signal: AbortSignal): Promise<readonly Finding[]> {
  const brokers = [
    { name: 'Redis', port: 6379 },
    { name: 'RabbitMQ', port: 5672 },
  ]
  return [
    examineNode(),
    await examineLoopback(signal),
    ...(await Promise.all(brokers.map(async (broker) => await examineBroker(broker, signal)))),
  ]
}

function examineNode(): Finding {
  const name = 'Node'
  const missing = Object.entries(nodeFeatures).filter(([, present]) => !present)
  if (missing.length === 0) return { name, status: 'fine', detail: process.versions.node }
  return {
    name,
    status: 'problem',
    detail: `${process.versions.node} lacks ${missing.map(([feature]) => feature).join(', ')}.`,
    hint: 'Install the current version from https://nodejs.org.',
  }
}

/** What the lab cannot do without. The version alone says little of the runtimes that imitate Node. */
const nodeFeatures: Readonly<Record<string, boolean>> = {
  'module.register': typeof register === 'function',
  'Atomics.waitAsync': typeof (Atomics as { waitAsync?: unknown }).waitAsync === 'function',
  SharedArrayBuffer: typeof SharedArrayBuffer === 'function',
}

async function examineLoopback(signal: AbortSignal): Promise<Finding> {
  const name = 'Loopback'
  const server = createServer((socket) => socket.end())
  try {
    const port = await new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port: 0, host: '127.0.0.1', signal }, () =>
        resolve((server.address() as AddressInfo).port),
      )
    })
    if (await answers(port, signal))
      return { name, status: 'fine', detail: `a server on 127.0.0.1:${port} was reached` }
    throw new LearnerError('the server could not be reached', { hint: '' })
  } catch (error) {
    return {
      name,
      status: 'problem',
      detail: `No server can be run on 127.0.0.1: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Allow Node to listen on 127.0.0.1 in your firewall or container.',
    }
  } finally {
    server.close()
  }
}

async function examineBroker(
  { name, port }: { name: string; port: number },
  signal: AbortSignal,
): Promise<Finding> {
  const found = await answers(port, signal)
  const detail = `${found ? 'answers' : 'nobody answers'} on 127.0.0.1:${port} (optional)`
  return { name, status: 'information', detail }
}

/** Whether a connection comes about within a second. */
async function answers(port: number, signal: AbortSignal): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', signal, timeout: 1_000 })
    const end = (answer: boolean) => () => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}
