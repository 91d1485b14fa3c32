import type { Lesson } from '../check/lesson.ts'
import { learnerFile, solutionFiles } from '../course/answer.ts'
import { course, lessonNumber, lessonText } from '../course/lessons.ts'
import { lessonProgress } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { changedFiles } from '../course/reset.ts'
import type { Panel, WatchedLesson, WatchState } from '../ui/watch-state.ts'
import { courseState } from './course-state.ts'
import type { Standing, WatchEvent } from './watch-update.ts'

/** What the learner's folder says of the lesson now. */
export function standingOf(root: string, lesson: Lesson): Standing {
  const { progress } = readProgress(root)
  const { failures, hints } = lessonProgress(progress, lesson.id)
  return {
    lessons: courseState(progress),
    failures,
    changed: changedFiles(root, [lesson.id]).length > 0,
    hintsSeen: hints,
  }
}

function watched(lesson: Lesson): WatchedLesson {
  const { id, title, hints } = lesson
  return { id, title, hints, number: lessonNumber(course, lesson) }
}

/** Who has not begun a lesson reads first. */
export function openingOf(root: string, lesson: Lesson): Extract<WatchEvent, { kind: 'lesson-opened' }> {
  const standing = standingOf(root, lesson)
  const panel: Panel = standing.changed ? { kind: 'result' } : panelOf('read', root, lesson)
  return { kind: 'lesson-opened', lesson: watched(lesson), panel, ...standing }
}

export function panelOf(what: 'read' | 'solution' | 'diff', root: string, lesson: Lesson): Panel {
  if (what === 'read') return { kind: 'read', markdown: lessonText(lesson) }
  const files = solutionFiles(lesson.id)
  if (what === 'solution') return { kind: 'solution', files }
  const pairs = files.map((model) => ({ yours: learnerFile(root, lesson.id, model.name), model }))
  return { kind: 'diff', pairs }
}

export function beginningOf(root: string, lesson: Lesson): WatchState {
  const { lessons, failures, changed, hintsSeen } = standingOf(root, lesson)
  return {
    lesson: watched(lesson),
    lessons,
    failures,
    changed,
    hintsSeen,
    checking: undefined,
    result: undefined,
    panel: { kind: 'result' },
    saved: undefined,
    said: undefined,
    scroll: 0,
  }
}
