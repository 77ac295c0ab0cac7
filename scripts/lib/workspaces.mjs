import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** @typedef {{ name: string, directory: string, dependencies: string[] }} Workspace */

/**
 * The workspaces of the checkout by package name.
 *
 * @returns {Map<string, Workspace>}
 */
export function readWorkspaces() {
  const { workspaces } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  return new Map(
    workspaces
      .map(pattern => path.join(root, pattern.replace(/\/\*$/, '')))
      .filter(existsSync)
      .flatMap(parent =>
        readdirSync(parent)
          .sort()
          .map(entry => path.join(parent, entry)),
      )
      .filter(directory => existsSync(path.join(directory, 'package.json')))
      .map(directory => {
        const manifest = JSON.parse(
          readFileSync(path.join(directory, 'package.json'), 'utf8'),
        );
        const dependencies = Object.keys(manifest.dependencies ?? {});
        return [
          manifest.name,
          { name: manifest.name, directory, dependencies },
        ];
      }),
  );
}

/**
 * A workspace and every workspace it depends on.
 *
 * @param {string} name
 * @param {Map<string, Workspace>} [workspaces]
 * @returns {Workspace[]}
 */
export function withDependencies(name, workspaces = readWorkspaces()) {
  const found = new Map();
  const visit = next => {
    const workspace = workspaces.get(next);
    if (!workspace || found.has(next)) return;
    found.set(next, workspace);
    workspace.dependencies.forEach(visit);
  };
  visit(name);
  return [...found.values()];
}
