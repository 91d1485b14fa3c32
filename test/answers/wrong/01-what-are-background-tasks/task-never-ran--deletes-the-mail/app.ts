import { Hono } from 'hono'

const app = new Hono()

app.post('/signup/', (c) => c.json({ status: 'Welcome aboard' }, 201))

export default app
