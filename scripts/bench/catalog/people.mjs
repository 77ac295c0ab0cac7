import { areas, departments, firstNames, lastNames, parts } from './words.mjs';

/** How many teams a department has, about. */
const TEAMS_PER_DEPARTMENT = 12;

/**
 * Departments in a tree of three levels, with teams of one to twelve people. Some teams are empty, some people are in two, and some
 * lead several.
 *
 * @param {import('../../faults/Random.mjs').Random} random
 * @param {{ teams: number, names: import('./Names.mjs').Names }} options
 * @returns {{ entities: object[], teams: Team[] }}
 *
 * @typedef {{ name: string, department: string }} Team
 */
export function generatePeople(random, { teams: count, names }) {
  const entities = [group(names.take('company'), 'organization')];
  const company = entities[0].metadata.name;
  const units = departments.map(title => {
    const name = names.take(`${title.toLowerCase()}-department`);
    entities.push(group(name, 'department', company, `${title} department`));
    return name;
  });
  const below = Array.from(
    { length: Math.ceil(count / TEAMS_PER_DEPARTMENT) },
    () => {
      const name = names.take(`${random.pick(areas)}-group`);
      entities.push(group(name, 'department', random.pick(units)));
      return name;
    },
  );
  const teams = [];
  let previousLead;
  for (let index = 0; index < count; index += 1) {
    const department = random.pick(below);
    const name = names.take(teamName(random));
    const team = group(name, 'team', department);
    teams.push({ name, department });
    entities.push(team);
    // Founded and not yet staffed, or left over.
    if (random.chance(0.03)) continue;
    const lead =
      previousLead && random.chance(0.08)
        ? previousLead
        : person(random, names, []);
    if (lead !== previousLead) entities.push(lead);
    lead.spec.memberOf.push(name);
    previousLead = lead;
    const leadRef = `user:default/${lead.metadata.name}`;
    const members = Array.from({ length: teamSize(random) - 1 }, () =>
      person(random, names, [name], leadRef),
    );
    if (teams.length > 1 && members.length > 0 && random.chance(0.05)) {
      members[0].spec.memberOf.push(random.pick(teams.slice(0, -1)).name);
    }
    entities.push(...members);
    if (random.chance(0.7)) {
      team.metadata.annotations = { 'slipway.dev/on-call': leadRef };
    }
  }
  return { entities, teams };
}

/** One to twelve, mostly five to eight. */
function teamSize(random) {
  return (
    Math.min(
      12,
      random.between(0, 4) + random.between(0, 4) + random.between(1, 4),
    ) || 1
  );
}

function teamName(random) {
  return random.chance(0.6)
    ? `${random.pick(areas)}-${random.pick(parts)}`
    : `team-${random.pick(areas)}`;
}

function group(name, type, parent, description) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, ...(description && { description }) },
    spec: {
      type,
      profile: { displayName: name, email: `${name}@example.com` },
      ...(parent && { parent }),
      children: [],
    },
  };
}

function person(random, names, memberOf, manager) {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const name = names.take(`${first}.${last}`.toLowerCase());
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name,
      ...(manager && { annotations: { 'slipway.dev/manager': manager } }),
    },
    spec: {
      profile: {
        displayName: `${first} ${last}`,
        email: `${name}@example.com`,
      },
      memberOf,
    },
  };
}
