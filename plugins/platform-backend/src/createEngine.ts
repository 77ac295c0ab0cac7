import type { Knex } from 'knex';
import { createDecisions } from './decisions';
import type { Environments } from './environments';
import { createKeys, Keyring } from './keys';
import { ApprovalAnnouncer, type RunNotifier } from './notifications';
import type { PlatformOptions } from './PlatformOptions';
import { DatabaseRunSecrets } from './redaction';
import { createRuns } from './runs';

/** The run engine, with the rules it asks, the secrets it keeps, and the people it tells. */
export async function createEngine(
  options: PlatformOptions & {
    knex: Knex;
    environments: Environments;
    notifier: RunNotifier;
  },
) {
  const { knex } = options;
  const keys = createKeys(options.config);
  const keyring = new Keyring(keys.deriveAll('secrets'));
  const secrets = new DatabaseRunSecrets({ knex, keyring });
  const engine = await createRuns({
    ...options,
    rules: createDecisions({
      ...options,
      deciders: options.providers.deciders,
    }),
    secrets,
    callbackKeys: keys.deriveAll('callbacks').map(({ key }) => key),
    baseUrl: () => options.discovery.getExternalBaseUrl('platform'),
    notify: end => options.notifier.runEnded(end),
  });
  const announcer = new ApprovalAnnouncer({
    ...options,
    events: engine.events,
    secrets,
  });
  engine.addChore({
    wakesOn: 'waiting run',
    sweep: () => announcer.announce(),
  });
  options.providers.runEvents.connectTo(engine.waits);
  return { engine, keys, keyring, secrets };
}
