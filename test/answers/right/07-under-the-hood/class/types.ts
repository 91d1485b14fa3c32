import type { HttpBindings } from '@hono/node-server'
import { TaskList } from './task-list'

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: TaskList }
}
