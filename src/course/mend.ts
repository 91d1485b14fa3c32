import { existsSync, lstatSync, mkdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Lesson } from '../check/lesson.ts'
import { LearnerError } from '../check/learner-error.ts'
import { course } from './lessons.ts'
import { onDisk } from './disk-error.ts'
import { mendLinks } from './links.ts'
import { progressFile, readProgress, setAside } from './progress-file.ts'
import { updateProgress } from './progress.ts'
import { copyStarter, starterContent, starterFiles, writeIfAbsent } from './starter.ts'

/** Makes whole what is missing in the sandbox at `root`; answers with a sentence for each thing the learner should know. */
export function mendSandbox(root: string, { isNew }: { readonly isNew: boolean }): readonly string[] {
  return onDisk(`write into ${root}`, () => {
    // Progress first: it marks the folder as a sandbox, should we be interrupted before the rest is there.
    const said = [...mendProgress(root)]
    if (isNew) {
      writeIfAbsent(join(root, 'README.md'), starterContent('README.md'))
      // npm leaves .gitignore files out of packages, so it travels under another name.
      writeIfAbsent(join(root, '.gitignore'), starterContent('gitignore'))
    }
    const again = ['package.json', 'tsconfig.json'].filter((file) =>
      writeIfAbsent(join(root, file), starterContent(file)),
    )
    for (const lesson of course) again.push(...mendLesson(root, lesson.id))
    const links = mendLinks(root)
    if (links.length > 0) again.push(`the links to ${links.join(', ')}`)
    if (!isNew && again.length > 0) said.push(`Missing in your sandbox and there again: ${again.join('; ')}.`)
    return said
  })
}

/**
 * The absolute folder of a lesson, ready to be run: it is there, and so is its log.
 * What stands in the way of that is a `LearnerError`.
 */
export function prepareLesson(root: string, lesson: Lesson): string {
  const folder = join(root, lesson.id)
  onDisk(`write into ${folder}`, () => mendLesson(root, lesson.id))
  if (!isFolder(folder)) {
    throw new LearnerError(`${folder} is a file, where the lesson's folder should be.`, {
      hint: `\`bgtasks-learn reset ${lesson.id}\` moves it to a backup and brings the lesson back.`,
    })
  }
  const log = join(folder, 'log.txt')
  if (isFolder(log)) {
    throw new LearnerError(`${log} is a folder, so that no server can write its log there.`, {
      hint: 'Rename or remove that folder, then run the same command again.',
    })
  }
  return folder
}

function mendProgress(root: string): readonly string[] {
  const file = progressFile(root)
  mkdirSync(join(root, '.bgtasks'), { recursive: true })
  const { progress, damaged } = readProgress(root)
  if (!damaged) {
    if (!existsSync(file)) updateProgress(root, (before) => before)
    return []
  }
  const aside = setAside(file)
  updateProgress(root, () => progress)
  const saved = Object.values(progress.lessons).filter(({ passedAt }) => passedAt !== undefined).length
  return [
    `Your progress file was damaged: it is now ${basename(aside)} in .bgtasks, and ${saved} passed ` +
      `${saved === 1 ? 'lesson' : 'lessons'} could be read from it. \`bgtasks-learn check --all\` finds the rest.`,
  ]
}

/** A lesson is gone when nothing of its starter is left; who deleted a single file may have meant it. */
function mendLesson(root: string, id: string): readonly string[] {
  const folder = join(root, id)
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  if (stat !== undefined && !isFolder(folder)) return []
  const gone =
    !starterFiles(id).some((file) => existsSync(join(root, file))) && !existsSync(join(folder, 'app.js'))
  if (gone) copyStarter(root, id)
  const log = writeIfAbsent(join(folder, 'log.txt'), '')
  if (gone) return stat === undefined ? [id] : starterFiles(id)
  return log ? [`${id}/log.txt`] : []
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
