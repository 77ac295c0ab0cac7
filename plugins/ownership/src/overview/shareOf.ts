/** How much is owned, in percent; all of nothing. Never rounded up to all of it. */
export function shareOf(counts: { entities: number; owned: number }): number {
  const { entities, owned } = counts;
  return entities === 0 ? 100 : Math.floor((owned / entities) * 1000) / 10;
}
