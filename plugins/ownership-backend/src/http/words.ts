/** What PostgreSQL looks for to find texts that have a word beginning with each of these; `undefined` where there are none. */
export function wordsQuery(q: string | undefined): string | undefined {
  const words = q?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map(word => `${word}:*`).join(' & ') || undefined;
}
