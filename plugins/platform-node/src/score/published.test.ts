import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseScore } from './parseScore';
import { resolveScore } from './resolveScore';
import { resourceLevels, resourceParameters } from './resources';
import type { ResourceOutputs, ScoreWorkload } from './types';

/** One for each shape that the examples of Score's specification, documentation and provisioners have. */
const FIXTURES = path.join(__dirname, '__fixtures__');

/** What the resources of all of them offer. */
const OUTPUTS = Object.fromEntries(
  'GREETING NAME bucket connection database endpoint host hostname model name num_partitions password port server source topic url username vhost'
    .split(' ')
    .map(output => [output, `the-${output}`]),
);

describe('what Score publishes', () => {
  it.each(readdirSync(FIXTURES))('can be read and resolved: %s', file => {
    const text = readFileSync(path.join(FIXTURES, file), 'utf8');
    const workload = parseScore(text);
    const outputs: ResourceOutputs = {};
    for (const name of resourceLevels(workload).flat()) {
      const parameters = resourceParameters(workload, name, outputs);
      expect(JSON.stringify(parameters)).not.toContain('${');
      outputs[name] = OUTPUTS;
    }
    const resolved = resolveScore(workload, outputs);
    expect(Object.keys(outputs)).toHaveLength(
      Object.keys(workload.resources ?? {}).length,
    );
    expect(leftIn(resolved)).toEqual([]);
  });

  /** Placeholders that stayed, where they have to be replaced. */
  function leftIn({ containers }: ScoreWorkload) {
    const texts = Object.values(containers).flatMap(
      ({ variables = {}, files = [], volumes = [] }) => [
        ...Object.values(variables),
        ...files.map(({ noExpand, content }) => (noExpand ? '' : content)),
        ...volumes.map(({ source }) => source),
      ],
    );
    return texts.filter(text => text?.includes('${'));
  }
});
