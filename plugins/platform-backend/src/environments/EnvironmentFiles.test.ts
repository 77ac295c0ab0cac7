import {
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { until } from '../__testUtils__/until';
import { EnvironmentFiles } from './EnvironmentFiles';
import type { SourceFile } from './Located';

jest.setTimeout(60_000);

describe('EnvironmentFiles', () => {
  let root: string;
  let folder: string;
  let stopping: AbortController;
  let watching: Promise<void>;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'environments-'));
    folder = path.join(root, 'environments');
    await mkdir(folder);
    await write({ 'dev.yaml': 'dev', 'prod.yaml': 'prod' });
    stopping = new AbortController();
    watching = Promise.resolve();
  });

  afterEach(async () => {
    stopping.abort();
    await watching;
    await rm(root, { recursive: true });
  });

  async function write(files: Record<string, string>, where = folder) {
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(where, name), text);
    }
  }

  /** What the watcher told last, by name. */
  async function watch() {
    const files = new EnvironmentFiles([path.join(folder, '*.yaml')]);
    const told: Array<Record<string, string>> = [];
    const errors: Error[] = [];
    const byName = (sources: SourceFile[]) =>
      Object.fromEntries(sources.map(({ name, text }) => [name, text]));
    watching = files.watch(await files.read(), {
      signal: stopping.signal,
      onChange: sources => told.push(byName(sources)),
      onError: error => errors.push(error),
    });
    const tells = (wanted: Record<string, string>) =>
      until(() => isDeepStrictEqual(told.at(-1), wanted));
    return { tells, told, errors };
  }

  it('reads what its patterns find, named from the folder they share', async () => {
    const other = path.join(root, 'other');
    await mkdir(other);
    await mkdir(path.join(folder, 'folder.yaml'));
    await write({ 'notes.txt': 'no' });
    await write({ 'more.yaml': 'more' }, other);
    const one = new EnvironmentFiles([path.join(folder, '*.yaml')]);
    expect(one.folder).toBe(folder);
    expect(await one.read()).toEqual([
      { name: 'dev.yaml', text: 'dev' },
      { name: 'prod.yaml', text: 'prod' },
    ]);
    const two = new EnvironmentFiles([
      path.join(folder, 'd*.yaml'),
      path.join(other, 'more.yaml'),
      path.join(other, 'none.yaml'),
    ]);
    expect(two.folder).toBe(root);
    expect(await two.read()).toEqual([
      { name: 'environments/dev.yaml', text: 'dev' },
      { name: 'other/more.yaml', text: 'more' },
    ]);
  });

  it('hears of files that are written, added and taken away', async () => {
    const { tells, told } = await watch();
    await write({ 'dev.yaml': 'dev 2' });
    await tells({ 'dev.yaml': 'dev 2', 'prod.yaml': 'prod' });
    await write({ 'test.yaml': 'test' });
    await tells({
      'dev.yaml': 'dev 2',
      'prod.yaml': 'prod',
      'test.yaml': 'test',
    });
    await rm(path.join(folder, 'prod.yaml'));
    await tells({ 'dev.yaml': 'dev 2', 'test.yaml': 'test' });
    expect(told).toHaveLength(3);
  });

  it('hears of an editor that writes beside and renames', async () => {
    const { tells, told } = await watch();
    for (const text of ['dev 2', 'dev 3']) {
      await write({ '.dev.yaml.swp': text });
      await rename(
        path.join(folder, '.dev.yaml.swp'),
        path.join(folder, 'dev.yaml'),
      );
      await tells({ 'dev.yaml': text, 'prod.yaml': 'prod' });
    }
    expect(told).toHaveLength(2);
  });

  it('hears of a folder that is replaced, gone for a while, or a link that leads elsewhere', async () => {
    const { tells, told } = await watch();
    const next = path.join(root, 'next');
    await mkdir(next);
    await write({ 'dev.yaml': 'replaced' }, next);
    await rename(folder, path.join(root, 'before'));
    await rename(next, folder);
    await tells({ 'dev.yaml': 'replaced' });
    await write({ 'dev.yaml': 'and changed' });
    await tells({ 'dev.yaml': 'and changed' });

    await rm(folder, { recursive: true });
    await tells({});
    await symlink(path.join(root, 'before'), folder);
    await tells({ 'dev.yaml': 'dev', 'prod.yaml': 'prod' });
    await mkdir(next);
    await write({ 'dev.yaml': 'linked' }, next);
    await symlink(next, path.join(root, 'link'));
    await rename(path.join(root, 'link'), folder);
    const linked = { 'dev.yaml': 'linked' };
    await tells(linked);
    expect(told.at(-1)).toEqual(linked);
  });

  it('says what it cannot read, and goes on', async () => {
    const { tells, told, errors } = await watch();
    const loop = path.join(folder, 'loop.yaml');
    await symlink(loop, loop);
    await write({ 'dev.yaml': 'dev 2' });
    await until(() => errors.length > 1);
    expect(errors[0].message).toContain('loop.yaml');
    expect(told).toEqual([]);
    await rm(loop);
    await tells({ 'dev.yaml': 'dev 2', 'prod.yaml': 'prod' });
    expect(told).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    const { told } = await watch();
    stopping.abort();
    await watching;
    await write({ 'dev.yaml': 'too late' });
    expect(told).toEqual([]);
  });
});
