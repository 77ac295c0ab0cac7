import { toError } from '@backstage/errors';
import type { DeferredEntity } from '@backstage/plugin-catalog-node';
import type { EntityReading } from './EntitySource';

/** How many things are read at a time. */
const WIDTH = 8;

/** Reads things by their keys, some at a time. One that can't be read is listed with the reason and keeps none of the others from being read. */
export async function readSideBySide(
  keys: Iterable<string>,
  read: (key: string) => Promise<DeferredEntity[]>,
): Promise<EntityReading> {
  const reading: EntityReading = { entities: new Map(), failures: new Map() };
  const queue = [...keys];
  const work = async () => {
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      try {
        reading.entities.set(key, await read(key));
      } catch (error) {
        reading.failures.set(key, toError(error));
      }
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  return reading;
}
