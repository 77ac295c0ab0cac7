import { ConflictError, InputError } from '@backstage/errors';
import type {
  ConfigurationVersion,
  Configuration,
  ConfigurationChange,
  ConfigurationRequest,
  Run,
} from '@slipway/plugin-platform-common';
import {
  CONFIGURE_RUN_KIND,
  previewBase,
} from '@slipway/plugin-platform-common';
import { randomUUID } from 'node:crypto';
import type { Environments } from '../environments';
import type { RunService } from '../runs';
import type { ServiceStore } from '../services';
import { changesBetween, type Values } from './changesBetween';
import { checkValues } from './checkValues';
import type { ConfigurationSecrets } from './ConfigurationSecrets';
import type { ConfigurationStore, Place } from './ConfigurationStore';
import { requiredKeys } from './requiredKeys';

/** How many versions are shown. */
const SHOWN = 50;

/** What a service is given where it runs. */
export interface Configured extends Values {
  /** 0 where nothing was ever set. */
  version: number;
}

/** Variables and secrets of services in environments, in versions. */
export class ConfigurationService {
  readonly #store: ConfigurationStore;
  readonly #secrets: ConfigurationSecrets;
  readonly #services: Pick<ServiceStore, 'get'>;
  readonly #environments: Pick<Environments, 'require'>;
  readonly #runs: Pick<RunService, 'start'>;
  readonly #scoreOf: (place: Place) => Promise<string | undefined>;

  constructor(options: {
    store: ConfigurationStore;
    secrets: ConfigurationSecrets;
    services: Pick<ServiceStore, 'get'>;
    environments: Pick<Environments, 'require'>;
    runs: Pick<RunService, 'start'>;
    /** The `score.yaml` of what serves there. */
    scoreOf(place: Place): Promise<string | undefined>;
  }) {
    this.#store = options.store;
    this.#secrets = options.secrets;
    this.#services = options.services;
    this.#environments = options.environments;
    this.#runs = options.runs;
    this.#scoreOf = options.scoreOf;
  }

  /** All that is in force, secrets included: for the workload only. A preview has that of its base until it is given one of its own. */
  async configured(place: Place): Promise<Configured> {
    const base = previewBase(place.environment);
    const own = await this.#store.current(place);
    const row =
      own ??
      (base && (await this.#store.current({ ...place, environment: base })));
    return row
      ? {
          version: own?.version ?? 0,
          variables: row.variables,
          secrets: this.#secrets.decrypt(row),
        }
      : { version: 0, variables: {}, secrets: {} };
  }

  /** Which keys that a `score.yaml` asks for aren't set. */
  async missing(place: Place, score: string): Promise<string[]> {
    const { variables, secrets } = await this.configured(place);
    return requiredKeys(score).filter(
      key => !Object.hasOwn(variables, key) && !Object.hasOwn(secrets, key),
    );
  }

  /** The versions after one up to another, the newest first. */
  async between(
    place: Place,
    after: number,
    upTo: number,
  ): Promise<ConfigurationVersion[]> {
    const history = await this.#store.history(place, SHOWN);
    return history.filter(({ version }) => after < version && version <= upTo);
  }

  /** As people see it. */
  async get(place: Place): Promise<Configuration> {
    this.#environments.require(place.environment);
    await this.#services.get(place.service);
    const [configured, history, score] = await Promise.all([
      this.configured(place),
      this.#store.history(place, SHOWN),
      this.#scoreOf(place),
    ]);
    return {
      ...place,
      version: configured.version,
      variables: configured.variables,
      secrets: Object.keys(configured.secrets).sort(),
      missing: score ? await this.missing(place, score) : [],
      history,
    };
  }

  /**
   * Starts a run that brings a change into force. Throws `InputError` that names what is wrong with it, and `ConflictError` where it was made
   * from a version that isn't the newest.
   */
  async change(
    place: Place,
    request: ConfigurationRequest,
    {
      requestedBy,
      idempotencyKey,
    }: { requestedBy: string; idempotencyKey?: string },
  ): Promise<Run> {
    this.#environments.require(place.environment);
    const { owner } = await this.#services.get(place.service);
    const before = await this.configured(place);
    if (request.version !== before.version) {
      throw new ConflictError(
        `The configuration of ${place.service} in ${place.environment} is at version ${before.version}, and this change was made from ${request.version}. Look at it once more, and change it again.`,
      );
    }
    checkValues(request);
    const after = {
      variables: merged(before.variables, request.variables),
      secrets: merged(before.secrets, request.secrets),
    };
    requireDisjoint(after);
    const changes = changesBetween(before, after);
    if (changes.length === 0) {
      throw new InputError(
        'This changes nothing: everything is as it says already.',
      );
    }
    const id = randomUUID();
    const { reason } = request;
    return this.#runs.start(
      {
        kind: CONFIGURE_RUN_KIND,
        input: {
          ...place,
          changeId: id,
          changes: changes.map(withoutMissing),
          ...(reason && { reason }),
        },
        target: `configure:${place.service}:${place.environment}`,
        requestedBy,
        owner,
        ...place,
        idempotencyKey,
      },
      (trx, runId) =>
        this.#store.insert(trx, {
          ...place,
          id,
          base_version: before.version,
          variables: after.variables,
          ...this.#secrets.encrypt(place, after.secrets),
          changes,
          reason: reason ?? null,
          changed_by: requestedBy,
          run_id: runId,
        }),
    );
  }
}

function merged(
  before: Record<string, string>,
  changes: Record<string, string | null> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...before, ...changes }).flatMap(([key, value]) =>
      value === null ? [] : [[key, value]],
    ),
  );
}

function requireDisjoint({ variables, secrets }: Values): void {
  const both = Object.keys(variables).filter(key =>
    Object.hasOwn(secrets, key),
  );
  if (both.length > 0) {
    throw new InputError(
      `${both.join(', ')} would be a variable and a secret at once. Remove the one in the request that sets the other: give it null.`,
    );
  }
}

function withoutMissing(change: ConfigurationChange) {
  return JSON.parse(JSON.stringify(change)) as Record<string, string | boolean>;
}
