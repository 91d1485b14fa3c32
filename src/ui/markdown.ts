import { lexer, type Token, type Tokens } from 'marked'
import stringWidth from 'string-width'
import { highlight } from './highlight.ts'
import { renderInline } from './markdown-inline.ts'
import { renderTable } from './markdown-table.ts'
import type { Screen } from './screen.ts'
import { textColumns, wrap } from './wrap.ts'

/** A lesson's text for the terminal: wrapped for its width, code as it is so that it can be copied. */
export function renderMarkdown(markdown: string, screen: Screen): string {
  return `${blocks(lexer(markdown), { ...screen, width: textColumns(screen) })}\n`
}

function blocks(tokens: readonly Token[], screen: Screen, gap = '\n\n'): string {
  return tokens
    .map((token) => block(token, screen))
    .filter((text) => text !== '')
    .join(gap)
}

function block(token: Token, screen: Screen): string {
  switch (token.type) {
    case 'heading':
      return heading(token as Tokens.Heading, screen)
    case 'paragraph':
    case 'text':
      return wrap(renderInline('tokens' in token ? (token.tokens ?? [token]) : [token], screen), screen)
    case 'code':
      return code(token as Tokens.Code, screen)
    case 'list':
      return list(token as Tokens.List, screen)
    case 'blockquote':
      return beside(
        blocks((token as Tokens.Blockquote).tokens, narrower(screen, 2)),
        screen.plain ? '| ' : '│ ',
      )
    case 'table':
      return renderTable(token as Tokens.Table, screen)
    case 'hr':
      return (screen.plain ? '-' : '─').repeat(screen.width)
    case 'space':
      return ''
    default:
      return token.raw.trim()
  }
}

function heading({ depth, tokens }: Tokens.Heading, screen: Screen): string {
  const text = wrap(renderInline(tokens, screen), screen)
  const { colour, plain } = screen
  if (depth > 2) return colour.bold(text)
  const line = depth === 1 ? (plain ? '=' : '━') : plain ? '-' : '─'
  const width = Math.max(...text.split('\n').map((row) => stringWidth(row)))
  const painted = depth === 1 ? colour.bold.cyan(text) : colour.bold(text)
  return `${painted}\n${colour.dim(line.repeat(width))}`
}

function code({ text, lang }: Tokens.Code, screen: Screen): string {
  // Behind the language stands what the course's own tests do with the snippet.
  return beside(highlight(text, lang?.split(/\s/)[0] ?? '', screen), '    ')
}

function list({ items, ordered, start, loose }: Tokens.List, screen: Screen): string {
  const first = ordered ? Number(start) : 1
  const bullet = (index: number): string => (ordered ? `${first + index}. ` : screen.plain ? '* ' : '• ')
  const width = Math.max(...items.map((_, index) => bullet(index).length))
  const rows = items.map((item, index) => {
    const text = blocks(item.tokens, narrower(screen, width), loose ? '\n\n' : '\n')
    return beside(text, ' '.repeat(width)).replace(/^ */, bullet(index).padStart(width))
  })
  return rows.join(loose ? '\n\n' : '\n')
}

function narrower(screen: Screen, by: number): Screen {
  return { ...screen, width: Math.max(20, screen.width - by) }
}

function beside(text: string, margin: string): string {
  return text
    .split('\n')
    .map((line) => `${margin}${line}`.trimEnd())
    .join('\n')
}
