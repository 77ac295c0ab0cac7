import { PLATFORM_ACTOR } from '@slipway/plugin-platform-common';
import type { DecisionRequest } from '@slipway/plugin-platform-node';
import { DEV_AND_PROD, environmentsOf } from '../__testUtils__/environments';
import { ownershipDecider } from './ownershipDecider';
import { protectedEnvironmentDecider } from './protectedEnvironmentDecider';

const deciders = [
  ownershipDecider({ teamsOf: async () => [] }),
  protectedEnvironmentDecider(environmentsOf(DEV_AND_PROD)),
];

function decide(kind: string, requestedBy = PLATFORM_ACTOR) {
  const request: DecisionRequest = {
    action: 'start',
    stage: 'plan',
    run: {
      kind,
      title: kind,
      target: 'resource:prod:ledger',
      owner: 'group:default/payments',
      environment: 'prod',
      requestedBy,
      input: {},
      changes: [],
    },
  };
  return Promise.all(deciders.map(decider => decider.decide(request)));
}

describe('whyThePlatformMay', () => {
  it.each([
    ['destroy-resource', 'When it expires was agreed'],
    ['purge-resource', 'How long it is kept was agreed'],
    ['deploy', 'is only given what was agreed to'],
    ['move-ownership', 'Both teams agreed to it'],
    ['pipeline', 'only what people agreed to'],
  ])('lets the platform %s by itself, in prod too', async (kind, reason) => {
    const [ownership, protection] = await decide(kind);
    expect(ownership).toEqual({
      effect: 'allow',
      reason: expect.stringContaining(reason),
    });
    expect(protection).toBeUndefined();
  });

  it.each(['provision-resource', 'restore-resource', 'create-service'])(
    'does not let the platform %s',
    async kind => {
      const [ownership, protection] = await decide(kind);
      expect(ownership).toMatchObject({ effect: 'deny' });
      expect(protection).toMatchObject({ effect: 'needs-approval' });
    },
  );

  it('lets nobody else do what the platform may', async () => {
    const [ownership, protection] = await decide(
      'destroy-resource',
      'user:default/mara',
    );
    expect(ownership).toMatchObject({ effect: 'deny' });
    expect(protection).toMatchObject({ effect: 'needs-approval' });
  });
});
