import { Random } from '../../faults/Random.mjs';
import { Names } from './Names.mjs';
import { generatePeople } from './people.mjs';
import { generateSoftware } from './software.mjs';

/**
 * The catalog of a company: its people and teams, and what they own. The same for the same options, always.
 *
 * @param {{ seed: number, entities: number, teams: number }} options - `entities`: how many there are in all, exactly; more than the
 *   people of the teams, of whom there are about six each
 * @returns {object[]}
 */
export function generateOrganization({ seed, entities: count, teams }) {
  const random = new Random(seed);
  const people = generatePeople(random, { teams, names: new Names() });
  return [
    ...people.entities,
    ...generateSoftware(random, {
      count: count - people.entities.length,
      teams: people.teams,
    }),
  ];
}
