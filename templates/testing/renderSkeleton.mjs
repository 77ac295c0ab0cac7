import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTemplateRenderer } from 'nunjitsu';
import { parse } from 'yaml';

/**
 * Renders a template's skeleton into a new folder as the scaffolder does, with the engine the scaffolder uses.
 *
 * @param {string} skeleton - its folder
 * @param {Record<string, unknown>} values
 * @returns {Promise<string>} the folder; whoever asks removes it
 */
export async function renderSkeleton(skeleton, values) {
  const target = await mkdtemp(path.join(tmpdir(), 'golden-'));
  await cp(skeleton, target, { recursive: true });
  const renderer = createTemplateRenderer();
  for (const file of await filesIn(target)) {
    const text = await readFile(file, 'utf8');
    await writeFile(file, renderer.render(text, { values }));
  }
  return target;
}

/** The rendered files that still have a placeholder, which they should not. */
export async function filesWithPlaceholders(folder) {
  const left = [];
  for (const file of await filesIn(folder)) {
    if (/\$\{\{|\{%/.test(await readFile(file, 'utf8'))) {
      left.push(path.relative(folder, file));
    }
  }
  return left;
}

export async function readYaml(folder, name) {
  return parse(await readFile(path.join(folder, name), 'utf8'));
}

async function filesIn(folder) {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name));
}
