import type { JsonObject } from '@backstage/types';
import { OperationFailedError } from '../context';
import { Placeholders } from './Placeholders';
import type { ResourceOutputs, ScoreWorkload } from './types';

const REFERENCE = /(?<!\$)\$\{\s*resources\s*\.\s*([^.}]+?)\s*(?:\.[^}]*)?\}/g;

/**
 * The names of a workload's resources, in the order in which they have to be made: those of one level at once, when the levels before are
 * there, since the parameters of one may name outputs of another.
 * Throws `OperationFailedError` where they wait for each other.
 */
export function resourceLevels({ resources = {} }: ScoreWorkload): string[][] {
  const levels: string[][] = [];
  const left = new Set(Object.keys(resources));
  const isLeft = (name: string) => left.has(name);
  while (left.size > 0) {
    const ready = [...left].filter(
      name => !referencesOf(resources[name].params).some(isLeft),
    );
    if (ready.length === 0) {
      throw new OperationFailedError({
        message: `score.yaml: the resources ${[...left].join(', ')} need each other's outputs in their params, so that none can be made first.`,
        hint: 'Take one of the placeholders out.',
      });
    }
    levels.push(ready);
    ready.forEach(name => left.delete(name));
  }
  return levels;
}

/**
 * What a workload asks of one of its resources, with placeholders replaced.
 * Throws `OperationFailedError` naming the placeholder, where it stands and which names there are.
 *
 * @param outputs - of the resources that the parameters name
 */
export function resourceParameters(
  workload: ScoreWorkload,
  name: string,
  outputs: ResourceOutputs,
): JsonObject {
  return new Placeholders(workload, outputs).replaceIn(
    workload.resources?.[name]?.params ?? {},
    `resources.${name}.params`,
  );
}

function referencesOf(params: JsonObject | undefined): string[] {
  const text = JSON.stringify(params ?? {});
  return [...text.matchAll(REFERENCE)].map(([, name]) => name);
}
