import {
  chmodSync,
  existsSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createVolumeProvider } from '@slipway/plugin-platform-backend-module-local-resources';
import type { AgentClient } from '@slipway/plugin-platform-backend-module-local-runtime';
import type { ProvidedResource } from '@slipway/plugin-platform-node';
import type { ProviderSetup } from '@slipway/plugin-platform-node/testUtils';
import { DyingAgent } from './DyingAgent';

const NOTE = 'note.txt';

/** Volumes of an agent that runs, judged by what is on its disk. */
export function createVolumeSetup(options: {
  client: AgentClient;
  stateDirectory: string;
  /** Whether a service that is given this source can write to it. */
  canUse(source: string): Promise<boolean>;
}): ProviderSetup {
  const { client, stateDirectory, canUse } = options;
  const place = ({ id }: ProvidedResource) =>
    path.join(stateDirectory, 'volumes', id);
  const places = (resource: ProvidedResource) => [
    place(resource),
    path.join(stateDirectory, 'suspended-volumes', resource.id),
  ];
  return {
    provider: createVolumeProvider(client),
    parameters: { sizeMb: 1 },
    changed: { sizeMb: 2 },
    bad: [
      ['no size', { sizeMb: 0 }, 'sizeMb'],
      ['half a megabyte', { sizeMb: 1.5 }, 'sizeMb'],
      ['more than there is', { sizeMb: 2_000_000 }, 'sizeMb'],
      ['a size in words', { sizeMb: '1 GB' }, 'sizeMb'],
    ],
    async drift(resource) {
      chmodSync(place(resource), 0o500);
      return 'writable';
    },
    async remove(resource) {
      rmSync(place(resource), { recursive: true });
    },
    async count(resource) {
      return places(resource).filter(each => existsSync(each)).length;
    },
    dying: effects => createVolumeProvider(new DyingAgent(client, effects)),
    isUsable: ({ outputs }) => canUse(outputs.source),
    data: {
      async write(resource) {
        writeFileSync(path.join(place(resource), NOTE), 'kept');
      },
      async isThere(resource) {
        const file = path.join(place(resource), NOTE);
        return existsSync(file) && readFileSync(file, 'utf8') === 'kept';
      },
    },
    // The agent is removed with everything that it has.
    cleanUp: async () => {},
  };
}
