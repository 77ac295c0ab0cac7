import leven from 'leven';

/** ` Did you mean "postgres"?` where one of the names is close to what was written, else an empty text. */
export function didYouMean(written: string, names: Iterable<string>): string {
  const name = nearest(written, names);
  return name === undefined ? '' : ` Did you mean "${name}"?`;
}

/** The name that was probably meant: at most a third of its letters differ. */
export function nearest(
  written: string,
  names: Iterable<string>,
): string | undefined {
  const [closest] = [...names]
    .map(name => ({
      name,
      distance: leven(written.toLowerCase(), name.toLowerCase()),
    }))
    .filter(({ name, distance }) => distance <= Math.ceil(name.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return closest?.name;
}
