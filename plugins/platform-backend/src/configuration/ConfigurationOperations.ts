import type {
  Configuration,
  ConfigurationRequest,
  Run,
} from '@slipway/plugin-platform-common';
import type { AuditorService } from '@backstage/backend-plugin-api';
import { withAudit } from '@slipway/plugin-platform-node';
import type { Access, Asking } from '../access';
import { scopedKey } from '../http';
import type { ServiceStore } from '../services';
import type { ConfigurationService } from './ConfigurationService';
import type { Place } from './ConfigurationStore';

/** What people ask of configurations, over HTTP and as actions alike: who may is decided here, once. */
export class ConfigurationOperations {
  readonly #access: Access;
  readonly #auditor: AuditorService;
  readonly #services: Pick<ServiceStore, 'get'>;
  readonly #configurations: ConfigurationService;

  constructor(options: {
    access: Access;
    auditor: AuditorService;
    services: Pick<ServiceStore, 'get'>;
    configurations: ConfigurationService;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#services = options.services;
    this.#configurations = options.configurations;
  }

  async get(asking: Asking, place: Place): Promise<Configuration> {
    await this.#access.requireRead(asking);
    return this.#configurations.get(place);
  }

  /** @param key - as the person gave it: the same key of the same person changes it once */
  async change(
    asking: Asking,
    place: Place,
    request: ConfigurationRequest,
    key: string | undefined,
  ): Promise<Run> {
    await this.#access.requireOperator(asking);
    const { owner } = await this.#services.get(place.service);
    const caller = await this.#access.requireOwner(asking, owner);
    return withAudit(
      this.#auditor,
      {
        eventId: 'configuration-change',
        severityLevel: 'medium',
        meta: {
          ...place,
          actor: caller.userRef,
          variables: Object.keys(request.variables ?? {}),
          secrets: Object.keys(request.secrets ?? {}),
        },
      },
      () =>
        this.#configurations.change(place, request, {
          requestedBy: caller.userRef,
          idempotencyKey: scopedKey(key, caller),
        }),
    );
  }
}
