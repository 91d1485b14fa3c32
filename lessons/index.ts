import type { Lesson } from '../src/check/lesson.ts'
import whatAreBackgroundTasks from './01-what-are-background-tasks/lesson.ts'
import whyBackgroundTasks from './02-why-background-tasks/lesson.ts'
import basicExample from './03-basic-example/lesson.ts'
import sendingEmail from './04-sending-email/lesson.ts'
import combiningWithDepends from './05-combining-with-depends/lesson.ts'
import keyBenefits from './06-key-benefits/lesson.ts'
import underTheHood from './07-under-the-hood/lesson.ts'

/** The lessons in the order they are taught. */
export const course: readonly Lesson[] = [
  whatAreBackgroundTasks,
  whyBackgroundTasks,
  basicExample,
  sendingEmail,
  combiningWithDepends,
  keyBenefits,
  underTheHood,
]
