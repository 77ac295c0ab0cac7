import type { AuditorService } from '@backstage/backend-plugin-api';
import type { RunKind } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { Access } from '../access';
import type { Environments } from '../environments';
import type { EncryptedStore, Keyring } from '../keys';
import type { RunService } from '../runs';
import type { ServiceStore } from '../services';
import { ConfigurationOperations } from './ConfigurationOperations';
import { ConfigurationSecrets } from './ConfigurationSecrets';
import { ConfigurationService } from './ConfigurationService';
import { ConfigurationStore, type Place } from './ConfigurationStore';
import {
  type ConfigureDependencies,
  createConfigureRunKind,
} from './configureRunKind';

/** Puts together what keeps the configuration of services. */
export function createConfigurations(options: {
  knex: Knex;
  keyring: Keyring;
  runs: RunService;
  services: ServiceStore;
  environments: Environments;
  /** The `score.yaml` of what serves there. */
  scoreOf(place: Place): Promise<string | undefined>;
  deploy: ConfigureDependencies['deploy'];
}) {
  const { runs, services, deploy } = options;
  const store = new ConfigurationStore(options.knex);
  const secrets = new ConfigurationSecrets(options.keyring);
  const service = new ConfigurationService({ ...options, store, secrets });
  return {
    service,
    encrypted: secrets.encryptedStore(store) satisfies EncryptedStore,
    runKind: (): RunKind => createConfigureRunKind({ store, runs, deploy }),
    operations: (more: { access: Access; auditor: AuditorService }) =>
      new ConfigurationOperations({
        ...more,
        services,
        configurations: service,
      }),
  };
}
