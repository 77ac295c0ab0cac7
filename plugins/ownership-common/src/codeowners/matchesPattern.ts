const ANY_FOLDERS = '**';

/**
 * Whether a pattern matches a file, as in `.gitignore`: one with a slash begins at the root, others match at any depth; what
 * matches a folder matches all in it, but `docs/*` only the files right in `docs`.
 *
 * @param file - its path from the root, without a slash at the begin
 */
export function matchesPattern(pattern: string, file: string): boolean {
  return matcherOf(pattern)(file.split('/'));
}

/** The same for many files, each in its parts between the slashes. */
export function matcherOf(
  pattern: string,
): (parts: readonly string[]) => boolean {
  const wanted = partsOf(pattern).reverse();
  return parts => matchesParts(wanted, parts);
}

/** The parts between the slashes of a pattern, from the root on; `**` is any number of folders. */
export function partsOf(pattern: string): string[] {
  const body = pattern.replace(/^\/+/, '').replace(/\/+$/, '');
  const isAnchored = /\/./.test(pattern);
  const isFolder = pattern.endsWith('/');
  const parts = body === '' ? [] : body.split(/\/+/);
  const last = parts.at(-1);
  const isDirectOnly = last === '*' && parts.length > 1 && !isFolder;
  return [
    ...(isAnchored ? [] : [ANY_FOLDERS]),
    ...parts,
    ...(isFolder ? ['*'] : []),
    ...(isDirectOnly || last === ANY_FOLDERS ? [] : [ANY_FOLDERS]),
  ];
}

/**
 * Compares part by part; what was found for an end of both is kept, so no pattern takes long.
 *
 * @param wanted - the parts of the pattern, the last one first
 */
function matchesParts(
  wanted: readonly string[],
  parts: readonly string[],
): boolean {
  // ends[at]: whether the rest of the pattern matches the parts from there on.
  let ends = parts.map(() => false);
  ends.push(true);
  for (const part of wanted) {
    const next = ends;
    const isAny = part === ANY_FOLDERS;
    const current = next.map(() => false);
    for (let at = parts.length; at >= 0; at -= 1) {
      const isRest = at < parts.length;
      current[at] = isAny
        ? next[at] || (isRest && current[at + 1])
        : isRest && next[at + 1] && matchesWord(part, parts[at]);
    }
    ends = current;
  }
  return ends[0];
}

/** `*` is any text and `?` one character. Goes back to the last `*` only, so it takes no longer than length by length. */
function matchesWord(wanted: string, word: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (place < word.length) {
    if (wanted[at] === '*') {
      star = at;
      resume = place;
      at += 1;
    } else if (wanted[at] === '?' || wanted[at] === word[place]) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      place = resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(at));
}
