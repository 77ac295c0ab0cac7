/** The day of a moment: `22 Jan 2027`, in the reader's own order. */
export function formatDay(at: string): string {
  return new Date(at).toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}
