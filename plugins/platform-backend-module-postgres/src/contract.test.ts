import { resourceProviderContract } from '@slipway/plugin-platform-node/testUtils';
import { createPostgresSetup } from './__testUtils__/createPostgresSetup';

resourceProviderContract('postgres', () => createPostgresSetup(), {
  abilities: ['rotate', 'restore', 'accept-drift', 'adopt'],
});
