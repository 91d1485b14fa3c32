import { createApp } from './src/create-app.js'

const app = createApp()

export default { port: 3000, fetch: app.fetch }
