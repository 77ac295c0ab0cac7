import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateOrganization } from './generateOrganization.mjs';

const options = { seed: 7, entities: 12_000, teams: 300 };
const entities = generateOrganization(options);
const ofKind = kind => entities.filter(each => each.kind === kind);
const refOf = ({ kind, metadata }) =>
  `${kind.toLowerCase()}:default/${metadata.name}`;
const refs = new Set(entities.map(refOf));

test('a seed gives the same organization each time, and another seed another', () => {
  assert.deepEqual(generateOrganization(options), entities);
  assert.notDeepEqual(generateOrganization({ ...options, seed: 8 }), entities);
});

test('there are as many entities as asked for, each with a name of its own', () => {
  assert.equal(entities.length, options.entities);
  assert.equal(refs.size, options.entities);
});

test('the kinds are in the proportions of a company', () => {
  const part = kind => ofKind(kind).length / entities.length;
  for (const [kind, least, most] of [
    ['Group', 0.02, 0.05],
    ['User', 0.1, 0.2],
    ['Domain', 0.001, 0.005],
    ['System', 0.03, 0.06],
    ['Component', 0.35, 0.5],
    ['API', 0.12, 0.22],
    ['Resource', 0.12, 0.25],
  ]) {
    assert.ok(
      part(kind) >= least && part(kind) <= most,
      `${kind}: ${part(kind)}`,
    );
  }
});

test('teams form a tree of departments, with one to twelve people but for a few that are empty', () => {
  const groups = new Map(
    ofKind('Group').map(each => [each.metadata.name, each]),
  );
  const teams = [...groups.values()].filter(({ spec }) => spec.type === 'team');
  assert.equal(teams.length, options.teams);
  for (const team of teams) {
    const unit = groups.get(groups.get(team.spec.parent).spec.parent);
    assert.equal(groups.get(unit.spec.parent).spec.type, 'organization');
  }
  const sizes = teams.map(
    ({ metadata }) =>
      ofKind('User').filter(({ spec }) => spec.memberOf.includes(metadata.name))
        .length,
  );
  const empty = sizes.filter(size => size === 0).length;
  assert.ok(empty >= 1 && empty <= 20, `${empty} are empty`);
  assert.ok(Math.max(...sizes) <= 13);
});

test('a few people lead several teams', () => {
  const led = new Set(
    ofKind('User').map(
      ({ metadata }) => metadata.annotations?.['slipway.dev/manager'],
    ),
  );
  const several = ofKind('User').filter(
    user => led.has(refOf(user)) && user.spec.memberOf.length > 1,
  );
  assert.ok(several.length >= 5 && several.length <= 60, `${several.length}`);
});

test('one in a hundred of what is owned has an owner that does not exist', () => {
  const owned = entities.filter(({ spec }) => spec.owner);
  const lost = owned.filter(({ spec }) => !refs.has(spec.owner));
  const part = lost.length / owned.length;
  assert.ok(part > 0.005 && part < 0.02, `${part}`);
});

test('few are depended on by very many, and most by nobody or one', () => {
  const dependents = new Map(ofKind('Component').map(each => [refOf(each), 0]));
  for (const target of ofKind('Component').flatMap(
    ({ spec }) => spec.dependsOn,
  )) {
    if (dependents.has(target)) {
      dependents.set(target, dependents.get(target) + 1);
    }
  }
  const counts = [...dependents.values()].sort((a, b) => b - a);
  assert.ok(counts[0] > 200, `the first has ${counts[0]}`);
  assert.ok(counts[Math.floor(counts.length / 2)] <= 1);
});
