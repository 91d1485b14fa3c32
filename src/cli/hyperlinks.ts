import { pathToFileURL } from 'node:url'

/**
 * Whether the terminal opens OSC 8 links. Not said of VS Code's, which finds `app.ts:12` in the text by
 * itself and opens it at that line; the link of a file has no line.
 */
export async function takesLinks(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  if (stream.isTTY !== true || env['TERM_PROGRAM'] === 'vscode') return false
  const { createSupportsHyperlinks } = await import('supports-hyperlinks')
  return createSupportsHyperlinks({ isTTY: true })
}

/** Ended by BEL and not by ST: all that measures and wraps text here knows that form. */
export function fileLink(text: string, path: string): string {
  return `\u001b]8;;${pathToFileURL(path).href}\u0007${text}\u001b]8;;\u0007`
}
