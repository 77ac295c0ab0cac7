import { resourceProviderContract } from '@slipway/plugin-platform-node/testUtils';
import { createRedisSetup } from './__testUtils__/createRedisSetup';
import { TestRedis } from './__testUtils__/TestRedis';

let shared: TestRedis;
let other: TestRedis;

beforeAll(async () => {
  [shared, other] = await Promise.all([TestRedis.start(), TestRedis.start()]);
});

afterAll(async () => {
  await Promise.all([shared?.remove(), other?.remove()]);
});

resourceProviderContract('redis', () => createRedisSetup({ shared, other }), {
  abilities: ['rotate', 'restore', 'accept-drift', 'adopt'],
});
