type AnyFunction = (...args: unknown[]) => unknown

/** Replaces `owner[name]` by what `wrap` makes of it, which keeps its name, length and own properties. */
export function patch(owner: object, name: string, wrap: (original: AnyFunction) => AnyFunction): void {
  const holder = owner as Record<string, AnyFunction>
  const original = holder[name]
  if (typeof original !== 'function') return
  const wrapper = wrap(original)
  const properties = Object.getOwnPropertyDescriptors(original)
  // A wrapper is an ordinary function: its own prototype cannot be redefined and is of no use.
  Reflect.deleteProperty(properties, 'prototype')
  Object.defineProperties(wrapper, properties)
  holder[name] = wrapper
}
