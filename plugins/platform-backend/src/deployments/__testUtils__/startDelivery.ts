import type { BackendFeature } from '@backstage/backend-plugin-api';
import type { TestDatabases } from '@backstage/backend-test-utils';
import {
  type Deployment,
  isFinalRunState,
  type Run,
} from '@slipway/plugin-platform-common';
import type {
  InstanceSignals,
  ReleaseSpec,
} from '@slipway/plugin-platform-node';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import request from 'supertest';
import { environmentsText } from '../../__testUtils__/environments';
import { as, startPlatformWith } from '../../__testUtils__/platformBackend';
import { until } from '../../__testUtils__/until';

type Environments = Parameters<typeof environmentsText>[0];

const PATIENCE_MS = 30_000;
/** A pipeline's own output, which is what makes a digest. */
const OUTPUT = 'main.js';

/** So many requests of which so many failed. */
export function signalsOf(requests: number, errors = 0): InstanceSignals {
  return { requests, errors, buckets: [{ leMs: 10, count: requests }] };
}

/** A platform with environments of a test's own, in which `orders` is pushed and deployed as people do it. */
export async function startDelivery(
  databases: TestDatabases,
  environments: Environments,
  options: {
    /** YAML of more than environments. */
    documents?: string[];
    /** More of the backend. */
    features?: BackendFeature[];
  } = {},
) {
  const { documents = [], features = [] } = options;
  const platform = await startPlatformWith(
    databases,
    { environments: environmentsText(environments, ...documents) },
    features,
  );
  const { providers } = platform;
  let pushes = 0;
  /** What was started, the newest last. */
  const started: ReleaseSpec[] = [];
  const start = providers.runtime.start;
  providers.runtime.start = async (spec, context) => {
    started.push(spec);
    await start(spec, context);
  };

  async function send<T>(
    method: 'get' | 'post',
    url: string,
    body?: object,
    who = 'mara',
  ) {
    const sent = request(platform.server)[method](`/api/platform${url}`);
    sent.set(as(who));
    const response = await (body ? sent.send(body) : sent);
    return {
      status: response.status,
      body: response.body as T,
      message: response.body?.error?.message as string | undefined,
    };
  }

  async function get<T>(url: string): Promise<T> {
    const { status, body, message } = await send<T>('get', url);
    expect([status, message]).toEqual([200, undefined]);
    return body;
  }

  async function post<T>(url: string, body: object, who?: string): Promise<T> {
    const { body: answer, message } = await send<T>('post', url, body, who);
    expect(message).toBeUndefined();
    return answer;
  }

  const deployments = async (environment?: string): Promise<Deployment[]> => {
    const query = environment ? `?environment=${environment}` : '';
    const { items } = await get<{ items: Deployment[] }>(
      `/services/orders/deployments${query}`,
    );
    return items;
  };

  /** Waits until a run is in one of these states; left out, until it has ended and all that entails is done. */
  async function reaches(
    { id }: { id: string },
    states?: Run['state'][],
  ): Promise<Run> {
    let run: Run | undefined;
    await until(async () => {
      run = await get<Run>(`/runs/${id}`);
      return states ? states.includes(run.state) : isFinalRunState(run.state);
    }, PATIENCE_MS);
    if (!states) {
      await until(async () => {
        const row = await platform.knex('runs').where({ id }).first();
        return row.end_handled;
      }, PATIENCE_MS);
    }
    return run!;
  }

  /** Pushes another release; answers its deployment to the first environment when that has begun. */
  async function push(): Promise<Deployment> {
    pushes += 1;
    const { outcome } = providers;
    if (outcome.state === 'succeeded' && outcome.artifactDirectory) {
      await writeFile(
        path.join(outcome.artifactDirectory, OUTPUT),
        `release ${pushes}`,
      );
    }
    const number = pushes;
    await providers.push(`${number}`.padStart(7, 'a'));
    let newest: Deployment | undefined;
    await until(async () => {
      const known = await get<{ items: unknown[] }>('/services');
      [newest] = known.items.length > 0 ? await deployments() : [];
      return newest?.release.number === number;
    }, PATIENCE_MS);
    return newest!;
  }

  async function deployment({ id }: Deployment): Promise<Deployment> {
    const found = (await deployments()).find(each => each.id === id);
    return found!;
  }

  return {
    ...platform,
    deployment,
    deployments,
    get,
    post,
    push,
    reaches,
    send,
    started,
    /** Pushes, and waits for the end of the deployment. */
    async pushed(): Promise<Deployment> {
      const pushedNow = await push();
      await reaches({ id: pushedNow.runId });
      return deployment(pushedNow);
    },
    deploy: (
      { release }: Deployment,
      environment: string,
      more: { reason?: string; who?: string } = {},
    ) =>
      send<Run>(
        'post',
        '/services/orders/deployments',
        {
          environment,
          releaseId: release.id,
          ...(more.reason && { reason: more.reason }),
        },
        more.who,
      ),
  };
}

export type StartedDelivery = Awaited<ReturnType<typeof startDelivery>>;
