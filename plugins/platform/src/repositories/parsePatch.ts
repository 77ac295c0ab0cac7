/** A line of a diff, with its numbers in the old and the new file where it stands in them. */
export interface DiffLine {
  kind: 'added' | 'removed' | 'same' | 'place' | 'note';
  text: string;
  before?: number;
  after?: number;
}

const PLACE = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/**
 * Reads a unified diff of one file (GNU diffutils 3.10, "Detailed Description of Unified Format"). What stands
 * before the first hunk names the file, which the page shows anyway, and is left out.
 */
export function parsePatch(patch: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let before: number | undefined;
  let after = 0;
  for (const line of patch.replace(/\n$/, '').split('\n')) {
    const place = PLACE.exec(line);
    if (place) {
      before = Number(place[1]);
      after = Number(place[2]);
      lines.push({ kind: 'place', text: line });
    } else if (before !== undefined) {
      const text = line.slice(1);
      if (line.startsWith('+')) {
        lines.push({ kind: 'added', text, after: after++ });
      } else if (line.startsWith('-')) {
        lines.push({ kind: 'removed', text, before: before++ });
      } else if (line.startsWith('\\')) {
        lines.push({ kind: 'note', text });
      } else {
        lines.push({ kind: 'same', text, before: before++, after: after++ });
      }
    }
  }
  return lines;
}
