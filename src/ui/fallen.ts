/** Said of lessons, by number, that had passed before and now fail. */
export function fallenText(fallen: readonly number[]): string {
  const names = new Intl.ListFormat('en').format(fallen.map(String))
  return fallen.length === 1
    ? `Lesson ${names} had passed before and does not now, so it is open again.`
    : `Lessons ${names} had passed before and do not now, so they are open again.`
}
