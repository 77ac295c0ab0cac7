import { randomUUID } from 'node:crypto';
import { resourceProviderContract } from '@slipway/plugin-platform-node/testUtils';
import { ByHand, testServerOptions } from './__testUtils__/ByHand';
import { createPostgresSetup } from './__testUtils__/createPostgresSetup';

const byHand = new ByHand();
const user = `plain_${randomUUID().slice(0, 8)}`;

// As where a cloud keeps the superuser to itself. What others own, such a role can't adopt.
beforeAll(() =>
  byHand.ask(`CREATE ROLE ${user} LOGIN CREATEDB CREATEROLE PASSWORD 'plain'`),
);
afterAll(() => byHand.ask(`DROP ROLE ${user}`));

resourceProviderContract(
  'postgres, by a role that is no superuser,',
  () => {
    const setup = createPostgresSetup(
      testServerOptions({ user, password: 'plain' }),
    );
    return {
      ...setup,
      provider: { ...setup.provider, adoption: undefined },
    };
  },
  { abilities: ['rotate', 'restore', 'accept-drift'] },
);
