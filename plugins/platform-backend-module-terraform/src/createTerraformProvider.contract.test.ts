import { resourceProviderContract } from '@slipway/plugin-platform-node/testUtils';
import { createTerraformSetup } from './__testUtils__/createTerraformSetup';
import { TestWorld } from './__testUtils__/TestWorld';

let world: TestWorld;

beforeAll(async () => {
  world = await TestWorld.create();
});

afterAll(() => world?.remove());

resourceProviderContract('terraform', () => createTerraformSetup(world), {
  timeoutMs: 180_000,
});
