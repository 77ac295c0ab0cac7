import { lastLines } from './command.mjs';

const searched = 300;
const shown = 12;
const longest = 1_000;

/**
 * What a person needs of the end of a log: its errors, and what is not structured (a crash), where
 * there are any; else its last lines. Structured lines are reduced to their message; requests are left out.
 *
 * @param {string} file
 */
export function summarizeLog(file) {
  const entries = lastLines(file, searched)
    .split('\n')
    .map(parse)
    .filter(Boolean);
  const serious = entries.filter(
    ({ level }) => level === undefined || level === 'error',
  );
  return (serious.length > 0 ? serious : entries)
    .slice(-shown)
    .map(({ text }) => text.slice(0, longest))
    .join('\n');
}

function parse(line) {
  if (!line.startsWith('{')) return { text: line };
  try {
    const { level, plugin, service, message, type } = JSON.parse(line);
    if (type === 'incomingRequest') return undefined;
    return { level, text: `${level} ${plugin ?? service}: ${message}` };
  } catch {
    return { text: line };
  }
}
