/** What was given in place of a function, in words: `a promise`. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (typeof (value as { then?: unknown }).then === 'function') return 'a promise'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
