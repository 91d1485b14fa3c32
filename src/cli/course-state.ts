import { relative } from 'node:path'
import type { Lesson } from '../check/lesson.ts'
import { lessonFile } from '../course/answer.ts'
import { course } from '../course/lessons.ts'
import { currentLesson, isFinished, lessonProgress, type Progress } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import type { HomeState } from '../ui/home.ts'
import type { LessonState } from '../ui/list.ts'
import type { Context } from './context.ts'

/** The course as the screens show it. */
export function courseState(progress: Progress): readonly LessonState[] {
  const current = isFinished(course, progress) ? undefined : currentLesson(course, progress)
  return course.map((lesson, index) => ({
    number: index + 1,
    id: lesson.id,
    title: lesson.title,
    summary: lesson.summary,
    passed: lessonProgress(progress, lesson.id).passedAt !== undefined,
    current: lesson === current,
  }))
}

export function homeState(context: Context, root: string, lesson: Lesson): HomeState {
  return {
    lessons: courseState(readProgress(root).progress),
    sandbox: shownPath(context, root),
    file: shownPath(context, lessonFile(root, lesson.id)),
    command: (rest) => context.command(rest),
  }
}

/** Seen from where the learner is, unless that is a detour. */
export function nearPath({ cwd }: Context, path: string): string {
  const near = relative(cwd, path)
  return near === '' ? '.' : near.startsWith('..') ? path : near
}

/** The same as a link, where the terminal takes links. */
export function shownPath(context: Context, path: string): string {
  const near = nearPath(context, path)
  return context.link?.(near, path) ?? near
}
