import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** How much is shown of each, in lines. */
const shown = 120;

/**
 * What the pages showed when their tests failed, as text: where only the output of a test is kept, a picture helps nobody.
 *
 * @param {string} outputDir - where Playwright put the results
 */
export function pageSnapshots(outputDir) {
  return globSync('*/error-context.md', { cwd: outputDir })
    .sort()
    .map(file => {
      const text = readFileSync(path.join(outputDir, file), 'utf8');
      return `\n──── The page of ${path.dirname(file)}\n\n${contentOf(text)}\n`;
    })
    .join('');
}

/** The page without the navigation that all have. */
function contentOf(text) {
  const lines = text.split('\n');
  const start = Math.max(
    lines.findIndex(line => line.startsWith('# Page snapshot')) + 1,
    lines.findIndex(line => /^\s*- main\b/.test(line)),
  );
  return lines
    .slice(start, start + shown)
    .filter(line => !line.startsWith('```'))
    .join('\n')
    .trimEnd();
}
