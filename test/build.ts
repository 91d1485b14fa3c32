import { execa } from 'execa'

/** The lab starts compiled JavaScript in the learner's process, so the tests build first. */
export default async function build(): Promise<void> {
  await execa('npm', ['run', 'build', '--silent'], { stdio: 'inherit' })
}
