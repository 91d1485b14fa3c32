import bash from '@speed-highlight/core/languages/bash.js'
import json from '@speed-highlight/core/languages/json.js'
import py from '@speed-highlight/core/languages/py.js'
import ts from '@speed-highlight/core/languages/ts.js'
import { tokenizeWith, type ShjLanguageData, type ShjToken } from '@speed-highlight/core/tokenize'
import type { ChalkInstance } from 'chalk'
import type { Screen } from './screen.ts'

/** Code for the terminal, in `language` as a Markdown fence names it; as it is where that is unknown. */
export function highlight(code: string, language: string, { colour }: Screen): string {
  const rules = languages[language]
  if (rules === undefined || colour.level === 0) return code
  let painted = ''
  tokenizeWith(code, rules, (text, token) => {
    const paint = token && paints[token]
    painted += paint ? paint(colour)(text) : text
  })
  return painted
}

// Their own types do not stand `exactOptionalPropertyTypes`.
const languages = { ts, js: ts, python: py, sh: bash, json } as Readonly<Record<string, ShjLanguageData>>

/** Of the sixteen colours every terminal has; none that is lost on a light or on a dark ground. */
const paints: Partial<Record<ShjToken, (colour: ChalkInstance) => ChalkInstance>> = {
  kwd: (colour) => colour.magenta,
  str: (colour) => colour.green,
  num: (colour) => colour.cyan,
  bool: (colour) => colour.cyan,
  class: (colour) => colour.cyan,
  type: (colour) => colour.cyan,
  cmnt: (colour) => colour.dim,
}
