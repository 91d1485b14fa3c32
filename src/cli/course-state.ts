import { course } from '../course/lessons.ts'
import { currentLesson, isFinished, lessonProgress, type Progress } from '../course/progress.ts'
import type { LessonState } from '../ui/list.ts'

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
