import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keysOf, specificityOf } from './matching';
import { listProblems, readEnvironments } from './readEnvironments';

const guide = readFileSync(
  path.resolve(
    __dirname,
    '../../../../docs/guides/environments-and-definitions.md',
  ),
  'utf8',
);
const examples = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(
  ([, text], index) => ({ name: `example-${index + 1}.yaml`, text }),
);

describe('the guide', () => {
  it('shows examples that count', () => {
    const { environments, definitions, freezes, problems } =
      readEnvironments(examples);
    expect(listProblems(problems)).toBe('');
    expect(environments.map(({ name }) => name)).toEqual(['dev', 'prod']);
    expect(definitions.length).toBeGreaterThan(4);
    expect(freezes.map(({ name }) => name)).toEqual(['year-end', 'weekend']);
  });

  it('says what each key of match weighs', () => {
    const said = [...guide.matchAll(/^\| `(\w+)` +\| (\d+) /gm)].map(
      ([, key, weight]) => ({ key, weight: Number(weight) }),
    );
    const [definition] = readEnvironments(examples).definitions;
    const everything = {
      ...definition,
      match: Object.fromEntries(said.map(({ key }) => [key, 'x'])),
    } as typeof definition;
    expect(said.map(({ key }) => key)).toEqual(keysOf(everything));
    for (const { key, weight } of said) {
      const match = { [key]: 'x' } as typeof definition.match;
      expect(specificityOf({ ...definition, match })).toBe(weight);
    }
  });
});
