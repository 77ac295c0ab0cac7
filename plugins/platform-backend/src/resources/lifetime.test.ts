import type { ResourceDefinition } from '@slipway/plugin-platform-common';
import { timeToLive } from './lifetime';

const DAY_MS = 24 * 60 * 60_000;

const definition: ResourceDefinition = {
  name: 'database-dev',
  source: 'dev.yaml:1',
  match: { type: 'postgres' },
  provider: 'postgres',
  parameters: {},
  defaults: {},
  maximum: {},
  timeToLive: { defaultMs: 30 * DAY_MS, maximumMs: 90 * DAY_MS },
  retentionMs: DAY_MS,
};

describe('timeToLive', () => {
  it('is what was asked for, else what the definition says', () => {
    expect(timeToLive(definition, { timeToLiveMs: DAY_MS })).toBe(DAY_MS);
    expect(timeToLive(definition, {})).toBe(30 * DAY_MS);
    expect(
      timeToLive({ ...definition, timeToLive: undefined }, {}),
    ).toBeUndefined();
  });

  it('lets what a service names live as long as it is named', () => {
    expect(timeToLive(definition, { service: 'orders' })).toBeUndefined();
  });

  it('refuses more than the definition lets', () => {
    expect(() => timeToLive(definition, { timeToLiveMs: 91 * DAY_MS })).toThrow(
      'database-dev lets a resource live for 90 days at most, and 91 days were asked for',
    );
  });
});
