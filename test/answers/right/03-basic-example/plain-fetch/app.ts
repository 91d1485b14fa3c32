import { promises as fsp } from 'fs'

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

export default {
  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url)
    if (request.method !== 'POST' || url.pathname !== '/log/') return json({ error: 'Not found' }, 404)
    const message = url.searchParams.get('msg') ?? ''
    setTimeout(async () => {
      await fsp.writeFile('log.txt', message + '\n', { flag: 'a' })
    })
    return json({ status: 'Message logged in background' })
  },
}
