import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installLoader } from './loader.ts'

/*
 * A process that the learner's code made of its own program: it loads the app, as it would by hand, and
 * serves nothing by itself.
 */

const lessonDir = process.cwd()
const entry = ['app.ts', 'app.js'].map((name) => join(lessonDir, name)).find((file) => existsSync(file))
installLoader({ lessonDir, tells: false })
if (entry !== undefined) await import(pathToFileURL(entry).href)
