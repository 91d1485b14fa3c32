export { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
