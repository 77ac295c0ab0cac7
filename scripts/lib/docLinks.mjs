import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const fence = /^(```|~~~)[\s\S]*?^\1/gm;
const inlineCode = /`[^`\n]*`/g;
const link = /!?\[(?:[^[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g;

/**
 * Finds relative links of Markdown files that lead nowhere.
 *
 * @param {Map<string, string>} files - content by path relative to the checkout
 * @param {(file: string) => boolean} [exists]
 * @returns {string[]} one line per broken link
 */
export function findBrokenLinks(
  files,
  exists = file => existsSync(path.join(root, file)),
) {
  return [...files]
    .filter(([name]) => name.endsWith('.md') && !name.includes('/skeleton/'))
    .flatMap(([name, text]) =>
      [...withoutCode(text).matchAll(link)]
        .map(match => match[1])
        .filter(target => !/^[a-z][a-z+.-]*:|^\/\//i.test(target))
        .flatMap(target => {
          const fault = explainFault(name, target, files, exists);
          return fault ? [`${name}: link to ${target}: ${fault}`] : [];
        }),
    );
}

/**
 * The anchors of a Markdown text, as GitHub makes them.
 *
 * @param {string} text
 * @returns {Set<string>}
 */
export function anchorsOf(text) {
  const anchors = new Set();
  const headings = text.replace(fence, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  for (const [, heading] of headings) {
    const base = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[`*]/g, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    let anchor = base;
    for (let n = 1; anchors.has(anchor); n += 1) anchor = `${base}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

function explainFault(source, target, files, exists) {
  const [file, anchor] = decodeURI(target).split('#');
  const resolved = file
    ? path.posix.normalize(
        file.startsWith('/')
          ? file.slice(1)
          : path.posix.join(path.posix.dirname(source), file),
      )
    : source;
  if (!exists(resolved)) return 'there is no such file';
  const text = files.get(resolved);
  if (anchor && text && resolved.endsWith('.md')) {
    return anchorsOf(text).has(anchor)
      ? undefined
      : `${resolved} has no heading with that anchor`;
  }
  return undefined;
}

function withoutCode(text) {
  return text.replace(fence, '').replace(inlineCode, '');
}
