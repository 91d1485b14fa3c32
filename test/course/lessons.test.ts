import { expect, test } from 'vitest'
import { LearnerError } from '../../src/check/learner-error.ts'
import { course, findLesson, lessonNumber, lessonText } from '../../src/course/lessons.ts'

test.each([
  ['3', '03-basic-example'],
  ['03', '03-basic-example'],
  ['03-basic-example', '03-basic-example'],
  ['basic', '03-basic-example'],
  ['Email', '04-sending-email'],
  [' hood ', '07-under-the-hood'],
])('%s names %s', (query, id) => {
  expect(findLesson(course, query).id).toBe(id)
})

test.each([
  ['emial', '04-sending-email'],
  ['03-basic-exampel', '03-basic-example'],
  ['benefit-key', '06-key-benefits'],
  ['0', '01-what-are-background-tasks'],
  ['8', '07-under-the-hood'],
])('%s is unknown, and %s is offered', (query, nearest) => {
  expect(hintOf(() => findLesson(course, query))).toContain(nearest)
})

test('a part that fits several lessons names them', () => {
  expect(() => findLesson(course, 'background')).toThrow(
    /fits 2 lessons: 01-what-are-background-tasks, 02-why-background-tasks/,
  )
})

test('an empty name fits none', () => {
  expect(() => findLesson(course, '')).toThrow(/There is no lesson ""/)
})

test('every lesson has its number and its text', () => {
  for (const [index, lesson] of course.entries()) {
    expect(lessonNumber(course, lesson)).toBe(index + 1)
    expect(lessonText(lesson)).toMatch(/^# /)
  }
})

function hintOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof LearnerError) return error.hint
    throw error
  }
  throw new Error('Nothing was thrown')
}
