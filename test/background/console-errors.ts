import { onTestFinished, vi } from 'vitest'

/** What is said to `console.error` in this test: a list that grows, with the arguments of each call. */
export function hearConsoleErrors(): unknown[][] {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => spy.mockRestore())
  return spy.mock.calls
}
