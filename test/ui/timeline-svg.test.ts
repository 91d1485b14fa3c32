import { expect, test } from 'vitest'
import { timelineOf } from '../../src/ui/timeline-lanes.ts'
import { describeTimeline } from '../../src/ui/timeline-sentences.ts'
import { renderTimelineSvg } from '../../src/ui/timeline-svg.ts'
import { answered, awaited, inBackground, trace, wrote } from './timeline-traces.ts'

test('a picture of a run with the run before it', async () => {
  const svg = renderTimelineSvg(timelineOf(inBackground, awaited))
  await expect(svg).toMatchFileSnapshot('timeline-screens/progress.svg')
})

test('it stands alone: light and dark, and nothing from elsewhere', () => {
  const svg = renderTimelineSvg(timelineOf(awaited))
  expect(svg).toContain('prefers-color-scheme:dark')
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|@import|<script|<image/)
})

test('it says in words what it shows', () => {
  const timeline = timelineOf(awaited)
  const svg = renderTimelineSvg(timeline, 'Lesson 1')
  expect(svg).toContain('<title id="title">Lesson 1</title>')
  expect(svg).toContain(`<desc id="description">${describeTimeline(timeline).join(' ')}</desc>`)
})

test('a learner’s text cannot break the picture', () => {
  const hostile = trace(
    ...answered({ as: 'first', at: 250, path: '/', replyAfter: 5 }),
    ...wrote({ id: 1, request: 'first', text: '</text>\u001b[31m&\u0000\ud800\n', from: 260, to: 261 }),
  )
  const svg = renderTimelineSvg(timelineOf(hostile))
  expect(svg).toContain('“&lt;/text&gt;&amp; \ufffd”')
  // No control character but the line end may stand in XML.
  expect(svg).toMatch(/^[\n\x20-\uffff]*$/)
})
