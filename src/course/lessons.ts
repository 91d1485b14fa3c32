import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { LearnerError } from '../check/learner-error.ts'
import type { Lesson } from '../check/lesson.ts'
import { packageRoot } from './package-root.ts'

export { course } from '../../lessons/index.ts'

/**
 * The lesson that `query` names: its number, its id, or any part that only one id has.
 * An unknown or ambiguous one is a `LearnerError` with the nearest matches.
 */
export function findLesson(course: readonly Lesson[], query: string): Lesson {
  const wanted = query.trim().toLowerCase()
  if (/^\d+$/.test(wanted)) return byNumber(course, Number(wanted))
  const exact = course.find((lesson) => lesson.id === wanted)
  if (exact !== undefined) return exact
  const fitting = wanted === '' ? [] : course.filter((lesson) => lesson.id.includes(wanted))
  if (fitting.length === 1) return fitting[0]!
  if (fitting.length > 1) {
    throw new LearnerError(
      `"${query}" fits ${fitting.length} lessons: ${fitting.map(({ id }) => id).join(', ')}.`,
      {
        hint: 'Type more of the name, or the number.',
      },
    )
  }
  throw new LearnerError(`There is no lesson "${query}".`, {
    hint: `Did you mean ${nearestLesson(course, wanted).id}? \`bgtasks-learn list\` shows them all.`,
  })
}

/** 1 for the first. */
export function lessonNumber(course: readonly Lesson[], lesson: Lesson): number {
  return course.indexOf(lesson) + 1
}

/** The lesson's text, in Markdown. */
export function lessonText(lesson: Lesson): string {
  return readFileSync(join(packageRoot, 'lessons', lesson.id, 'lesson.md'), 'utf8')
}

function byNumber(course: readonly Lesson[], number: number): Lesson {
  const lesson = course[number - 1]
  if (lesson !== undefined) return lesson
  const nearest = course[Math.min(Math.max(number, 1), course.length) - 1]!
  throw new LearnerError(`There is no lesson ${number}: the course has lessons 1 to ${course.length}.`, {
    hint: `The nearest is ${nearest.id}. \`bgtasks-learn list\` shows them all.`,
  })
}

/** Compared with whole names and with their words, so that "emial" finds 04-sending-email. */
function nearestLesson(course: readonly Lesson[], wanted: string): Lesson {
  const names = course.flatMap((lesson) => {
    const slug = lesson.id.replace(/^\d+-/, '')
    return [lesson.id, slug, ...slug.split('-')].map((name) => ({ lesson, distance: distance(wanted, name) }))
  })
  return names.reduce((best, name) => (name.distance < best.distance ? name : best)).lesson
}
