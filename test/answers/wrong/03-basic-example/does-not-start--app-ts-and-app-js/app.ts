import { Hono } from 'hono'

const app = new Hono()

// see app.js
export default app
