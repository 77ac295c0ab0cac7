import type { ProvidedResource } from '@slipway/plugin-platform-node';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, TestWorld } from './__testUtils__/TestWorld';
import { until } from './__testUtils__/until';

jest.setTimeout(120_000);

const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');
const quiet = { signal: new AbortController().signal };

describe('A module, after the portal that applied it was killed', () => {
  let world: TestWorld;
  beforeEach(async () => {
    world = await TestWorld.create();
  });
  afterEach(() => world?.remove());

  /** A portal of its own process, in the middle of an apply. */
  async function startPortal(resource: ProvidedResource) {
    const portal = spawn(
      process.execPath,
      [
        ...['--require', TRANSFORM],
        path.join(__dirname, '__testUtils__', 'runPortal.ts'),
        ...[JSON.stringify(world.place), 'slow', JSON.stringify(resource)],
      ],
      { stdio: 'inherit' },
    );
    await until('it is at it', () => world.filesOf(resource).length > 0);
    return portal;
  }

  const uses = () =>
    world.uses().filter(file => /^[^/]+\/use-[^/]+$/.test(file));

  async function kill(portal: ChildProcess): Promise<void> {
    const exit = once(portal, 'exit');
    portal.kill('SIGKILL');
    await exit;
  }

  it('is waited for while it goes on by itself, and made once', async () => {
    const provider = world.provider('slow');
    const resource = world.resource(provider);
    await kill(await startPortal(resource));

    const again = provider.apply(resource, createContext());
    await until('the next portal has begun', () => uses().length === 2);
    writeFileSync(path.join(world.things, 'go'), '');
    const { outputs } = await again;

    expect(outputs).toEqual({ file: path.join(world.things, resource.id) });
    expect(world.filesOf(resource)).toHaveLength(1);
    await expect(
      provider.plan(resource, await provider.observe(resource, quiet), quiet),
    ).resolves.toEqual({ action: 'none', fields: [] });
    expect(uses()).toEqual([]);
  });

  it('is destroyed with all that it makes meanwhile', async () => {
    const provider = world.provider('slow');
    const resource = world.resource(provider);
    await kill(await startPortal(resource));

    const destroyed = provider.destroy(resource, createContext());
    writeFileSync(path.join(world.things, 'go'), '');
    await destroyed;

    expect(world.filesOf(resource)).toEqual([]);
    expect(await world.states.schemas()).toEqual([]);
    expect(world.uses()).toEqual([]);
  });
});
