/** A moment as part of a file name: `2026-11-22-120910-042`, UTC, sorted by time. */
export function stamp(moment = new Date()): string {
  return moment.toISOString().replace('T', '-').replaceAll(':', '').replace('.', '-').replace('Z', '')
}
