import { setupVariable } from './setup.ts'

/*
 * The program that a learner's server is. Their code may start it once more, as `cluster.fork` does:
 * then nobody listens to what it would tell.
 */
if (process.env[setupVariable] === undefined) await import('./again.js')
else await import('./host.js')
