import type { BackgroundTasksEnv } from 'bgtasks-learn/background'

export interface AppEnv extends BackgroundTasksEnv {}
