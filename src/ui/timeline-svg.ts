import { cut, labelText } from './timeline-label.ts'
import { answeredAt, type Lane, type Timeline } from './timeline-model.ts'
import { scaleOf, type Scale } from './timeline-scale.ts'
import { answerText, describeTimeline } from './timeline-sentences.ts'
import { legendGroup } from './timeline-svg-legend.ts'
import { shapesOf } from './timeline-shapes.ts'
import {
  answerMarks,
  characterWidth,
  type Chart,
  escaped,
  previousMarks,
  rect,
  round,
  shapeMarks,
  text,
} from './timeline-svg-marks.ts'
import { timelineStyle } from './timeline-svg-style.ts'

const width = 960
const margin = 28
const labels = 262
const rowHeight = 26
const laneGap = 16
const axisHeight = 78

/** The timeline as a picture that stands alone: its own background, light and dark, no font of its own. */
export function renderTimelineSvg(
  timeline: Timeline,
  title = 'What ran before the response, and what after',
): string {
  const scale = scaleOf(timeline)
  const left = margin + labels
  // What ends last has its mark around its end.
  const right = width - margin
  const chart = { left, right, x: (ms: number) => left + 6 + scale.position(ms) * (right - left - 16) }
  let y = axisHeight
  const lanes = timeline.lanes.map((lane) => {
    const top = y
    y += laneHeight(lane) + laneGap
    return laneGroup(lane, top, chart)
  })
  const legend = legendGroup(timeline, scale, { left: margin, right, y: y + 18 })
  const height = y + 18 + legend.height
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title" aria-describedby="description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(describeTimeline(timeline).join(' '))}</desc>`,
    `<style>${timelineStyle}</style>`,
    `<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V5"/></pattern></defs>`,
    `<rect class="ground" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10"/>`,
    text(title, { x: margin, y: 34, of: 'title' }),
    axisGroup(scale, chart, y - laneGap),
    ...lanes,
    legend.drawn,
    '</svg>\n',
  ].join('\n')
}

function rowsOf({ rows, previous }: Lane): number {
  return rows.length + (previous ? 1 : 0)
}

function laneHeight(lane: Lane): number {
  return (rowsOf(lane) + 1) * rowHeight
}

function axisGroup(scale: Scale, chart: Chart, bottom: number): string {
  const { left, right } = chart
  const y = axisHeight - 12
  const along = (position: number) => left + 6 + position * (right - left - 16)
  const ticks = scale
    .ticks(Math.floor((right - left) / characterWidth))
    .flatMap(({ position, label }) => [
      `<path class="grid" d="M${round(along(position))} ${y}V${bottom}"/>`,
      text(label, { x: along(position), y: y - 9, of: 'tick' }),
    ])
  const breaks = scale.breaks.map((position) => {
    const x = round(along(position))
    return `<path class="gap" d="M${x - 5} ${y + 5}l5 -10h5l-5 10z"/><path class="axis" d="M${x - 5} ${y + 5}l5 -10m5 0l-5 10"/>`
  })
  return [...ticks, `<path class="axis" d="M${left + 6} ${y}H${right - 10}"/>`, ...breaks].join('')
}

function laneGroup(lane: Lane, top: number, chart: Chart): string {
  const { name, route, rows, previous } = lane
  const screen = { plain: false }
  const middle = (row: number) => top + row * rowHeight + rowHeight / 2
  const label = (content: string, row: number, of: string) =>
    text(content, { x: margin + (row > 0 ? 14 : 0), y: middle(row) + 4, of })
  const columns = Math.floor(labels / characterWidth) - 1
  const shown = cut(name ?? 'outside any request', columns, screen)
  const room = columns - shown.length - 2
  const answered = answeredAt(lane)
  const bottom = top + (rows.length + 1) * rowHeight
  const waits =
    answered === undefined
      ? ''
      : rect('waits', { x: chart.x(0), y: top, width: chart.x(answered) - chart.x(0), height: bottom - top })
  const out =
    answered === undefined
      ? ''
      : `<path class="out" d="M${round(chart.x(answered))} ${top + 2}V${bottom - 2}"/>`
  const route_ =
    room < 8
      ? ''
      : text(cut(route, room, screen), {
          x: margin + (shown.length + 1.6) * characterWidth,
          y: middle(0) + 4,
          of: 'muted',
        })
  return [
    '<g>',
    waits,
    label(shown, 0, 'name'),
    route_,
    out,
    answerMarks(lane, middle(0), chart),
    ...rows.map((row, index) => {
      const shapes = shapesOf(row, lane)
      const y = middle(index + 1)
      return (
        label(
          labelText(shapes.label, columns - 2, screen),
          index + 1,
          row.kind === 'hold' ? 'muted' : 'label',
        ) + shapeMarks(shapes, lane, { y, chart })
      )
    }),
    ...(previous
      ? [
          label(`previous run: ${answerText(previous)}`, rows.length + 1, 'muted'),
          previousMarks(previous, middle(rows.length + 1), chart),
        ]
      : []),
    '</g>',
  ].join('')
}
