import type { Token, Tokens } from 'marked'
import type { Screen } from './screen.ts'

/** Without colour the marks of Markdown stay, because something has to set the words apart. */
export function renderInline(tokens: readonly Token[], screen: Screen): string {
  return tokens.map((token) => inline(token, screen)).join('')
}

function inline(token: Token, screen: Screen): string {
  const { colour } = screen
  const bare = colour.level === 0
  switch (token.type) {
    case 'strong':
      return bare ? `*${children(token, screen)}*` : colour.bold(children(token, screen))
    case 'em':
      return bare ? `_${children(token, screen)}_` : colour.italic(children(token, screen))
    case 'codespan':
      return bare ? `\`${(token as Tokens.Codespan).text}\`` : colour.cyan((token as Tokens.Codespan).text)
    case 'link':
      return link(token as Tokens.Link, screen)
    case 'br':
      return '\n'
    case 'text':
    case 'escape':
      // A source line's end is no line's end here.
      return 'tokens' in token ? children(token, screen) : (token as Tokens.Text).text.replaceAll('\n', ' ')
    default:
      return children(token, screen) || token.raw
  }
}

function link(token: Tokens.Link, screen: Screen): string {
  const text = renderInline(token.tokens, screen)
  const address = screen.colour.underline(token.href)
  return token.text === token.href ? address : `${text} (${address})`
}

function children(token: Token, screen: Screen): string {
  return 'tokens' in token ? renderInline(token.tokens ?? [], screen) : ''
}
