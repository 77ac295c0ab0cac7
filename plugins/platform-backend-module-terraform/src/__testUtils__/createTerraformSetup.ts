import type { ProvidedResource } from '@slipway/plugin-platform-node';
import type { ProviderSetup } from '@slipway/plugin-platform-node/testUtils';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { DyingCli } from './DyingCli';
import type { TestWorld } from './TestWorld';

/**
 * The real CLI, whose states are in a real database. Its built-in resource has nothing outside that a look could find changed, so that what
 * happens by hand happens to the state: as if the look had found it.
 */
export function createTerraformSetup(world: TestWorld): ProviderSetup {
  const schemaOf = ({ id }: ProvidedResource) =>
    `"slipway_${id.replaceAll('-', '_')}"`;
  const directory = world.things;

  return {
    provider: world.provider('thing'),
    parameters: { directory },
    changed: { directory, size: 'large' },
    losing: { directory, region: 'south' },
    bad: [
      ['a size that is not offered', { directory, size: 'huge' }, '"large"'],
      ['a number for text', { directory: 7 }, 'expected string'],
      ['no directory', {}, 'directory'],
    ],
    drift: async resource => {
      await world.states.ask(
        `update ${schemaOf(resource)}.states set data = replace(data, '"size": "small"', '"size": "other"')`,
      );
      return 'terraform_data.file.input';
    },
    remove: async resource => {
      await world.states.ask(`drop schema ${schemaOf(resource)} cascade`);
      world
        .filesOf(resource)
        .forEach(file => rmSync(path.join(world.things, file)));
    },
    count: async resource => {
      const schemas = await world.states.schemas();
      const files = world.filesOf(resource).length;
      const isKept = schemas.some(schema =>
        schemaOf(resource).includes(schema),
      );
      // A state without anything in it is something that was left, too.
      return Math.max(files, Number(isKept));
    },
    dying: effects =>
      world.provider('thing', {
        cli: new DyingCli({ concurrency: 4 }, effects),
      }),
    cleanUp: async () => undefined,
  };
}
