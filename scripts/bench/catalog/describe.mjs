import { areas, parts, tags, verbs } from './words.mjs';

const hosts = ['grafana', 'runbooks', 'sentry', 'dashboards'];

/**
 * What a catalog file says about an entity besides its name: something in most, everything in few.
 *
 * @param {import('../../faults/Random.mjs').Random} random
 * @param {string} kind
 * @param {string} name
 */
export function describe(random, kind, name) {
  return {
    ...(random.chance(0.25) && { title: titleOf(name) }),
    ...(random.chance(0.7) && { description: sentence(random) }),
    ...(kind === 'Component' && { annotations: annotations(random, name) }),
    ...(random.chance(0.75) && {
      tags: sample(random, tags, random.between(1, 4)),
    }),
    ...(random.chance(0.4) && { links: links(random, name) }),
  };
}

function sentence(random) {
  const text = `${random.pick(verbs)} ${random.pick(areas)} for the ${random.pick(areas)} ${random.pick(parts)}`;
  return random.chance(0.3)
    ? `${text}, and tells the ${random.pick(areas)} ${random.pick(parts)} when ${random.pick(areas)} change.`
    : `${text}.`;
}

function annotations(random, name) {
  const repository = `company/${name}`;
  return {
    'github.com/project-slug': repository,
    'backstage.io/source-location': `url:https://git.example.com/${repository}/`,
    ...(random.chance(0.6) && { 'backstage.io/techdocs-ref': 'dir:.' }),
    ...(random.chance(0.5) && { 'backstage.io/kubernetes-id': name }),
    ...(random.chance(0.3) && {
      'sonarqube.org/project-key': `company_${name}`,
    }),
  };
}

function links(random, name) {
  return sample(random, hosts, random.between(1, 3)).map(host => ({
    url: `https://${host}.example.com/${name}`,
    title: titleOf(host),
  }));
}

function sample(random, values, count) {
  return [...new Set(Array.from({ length: count }, () => random.pick(values)))];
}

function titleOf(name) {
  return name
    .split('-')
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join(' ');
}
