import { appendFile } from 'node:fs/promises'

export async function writeLog(line: string) {
  await appendFile('log.txt', `${line}\n`)
}
