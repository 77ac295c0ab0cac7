import {
  existsSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
} from 'node:fs';
import path from 'node:path';
import type { Bind } from './Mount';

/**
 * What tells bubblewrap to show the whole machine, with binds at their targets. A target that isn't there must not be made on the
 * machine: the folder that it would be made in is shown as an empty one, with everything that it has bound into it.
 */
export function bindArguments(binds: Bind[]): string[] {
  const placed = binds.map(bind => ({
    ...bind,
    target: resolved(bind.target),
  }));
  const missing = placed
    .map(({ target }) => target)
    .filter(target => !existsSync(target));
  return [
    ...show('/', missing),
    ...foldersAbove(missing),
    ...placed.flatMap(({ source, target, readOnly }) => [
      readOnly ? '--ro-bind' : '--bind',
      source,
      target,
    ]),
  ];
}

function show(directory: string, missing: string[]): string[] {
  const below = missing.filter(target => isBelow(directory, target));
  if (below.length === 0) {
    return ['--dev-bind-try', directory, directory];
  }
  const children = readdirSync(directory).flatMap(name => {
    const child = path.join(directory, name);
    const entry = lstatSync(child, { throwIfNoEntry: false });
    if (entry?.isSymbolicLink()) {
      return ['--symlink', readlinkSync(child), child];
    }
    return show(child, below);
  });
  return [...(directory === '/' ? [] : emptyFolder(directory)), ...children];
}

/** With the mode of the real one: everybody may write to `/tmp`. */
function emptyFolder(directory: string): string[] {
  const mode = (lstatSync(directory).mode % 0o10000).toString(8);
  return ['--perms', mode, '--tmpfs', directory];
}

/** Folders that bubblewrap would make by itself, and let nobody through. */
function foldersAbove(targets: string[]): string[] {
  const folders = new Set<string>();
  for (const target of targets) {
    for (
      let folder = path.dirname(target);
      !existsSync(folder);
      folder = path.dirname(folder)
    ) {
      folders.add(folder);
    }
  }
  return [...folders]
    .sort()
    .flatMap(folder => ['--perms', '0755', '--dir', folder]);
}

/** The same place, with no link on the way to it. */
function resolved(target: string): string {
  if (existsSync(target)) {
    return realpathSync(target);
  }
  const parent = path.dirname(target);
  return path.join(resolved(parent), path.basename(target));
}

function isBelow(directory: string, target: string): boolean {
  return target.startsWith(directory === '/' ? '/' : `${directory}/`);
}
