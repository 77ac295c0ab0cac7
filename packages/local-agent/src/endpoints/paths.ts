/** What stands for any one segment. */
const ANY = '*';

/** Whether a request is at or below a path. */
export function matchesPath(path: string, pathname: string): boolean {
  const given = segmentsOf(pathname);
  return segmentsOf(path).every(
    (segment, index) =>
      given[index] !== undefined &&
      (segment === ANY || segment === given[index]),
  );
}

/** Sorts what says more first: longer paths, then those that name more of their segments. */
export function comparePaths(one: string, other: string): number {
  const [first, second] = [segmentsOf(one), segmentsOf(other)];
  const named = (segments: string[]) =>
    segments.filter(segment => segment !== ANY).length;
  return second.length - first.length || named(second) - named(first);
}

/** Whether two paths fit the same requests. */
export function isSamePath(one: string, other: string): boolean {
  return segmentsOf(one).join('/') === segmentsOf(other).join('/');
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter(segment => segment !== '');
}
