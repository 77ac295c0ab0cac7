import {
  createRunKind,
  OperationFailedError,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { RunService } from '../../runs';
import type { Redeployer, ServiceThere } from '../Redeployer';

/** Deployments that are runs of one step, and can be told to fail. */
export class TestRedeployer implements Redeployer {
  readonly calls: string[] = [];
  /** Services whose next deployments fail, as often as they are named. */
  failures: string[] = [];
  /** What is done in each deployment. */
  onDeploy: (service: string) => void = () => {};
  /** Services of which nothing serves. */
  readonly absent = new Set<string>();
  runs: RunService | undefined;

  readonly kind = createRunKind({
    id: 'test-deploy',
    version: 1,
    input: z.strictObject({ service: z.string(), environment: z.string() }),
    title: ({ service, environment }) => `Deploy ${service} to ${environment}`,
    subject: async ({ service, environment }) => ({
      target: `deploy:${service}:${environment}`,
      owner: 'group:default/payments',
      service: String(service),
      environment: String(environment),
    }),
    steps: [
      {
        id: 'deploy',
        title: 'Deploy',
        execute: async ({ input }) => {
          const service = String(input.service);
          this.calls.push(`deploy ${service}`);
          if (this.failures.includes(service)) {
            this.failures.splice(this.failures.indexOf(service), 1);
            throw new OperationFailedError({ message: 'Never ready.' });
          }
          this.onDeploy(service);
        },
      },
    ],
  });

  async redeploy(
    there: ServiceThere,
    options: { requestedBy: string; idempotencyKey: string },
  ): Promise<string | undefined> {
    if (this.absent.has(there.service)) {
      return undefined;
    }
    const run = await this.runs?.startByRequest(
      { kind: 'test-deploy', input: { ...there } },
      { userRef: options.requestedBy },
      options.idempotencyKey,
    );
    return run?.id;
  }

  async takeDown({ service }: ServiceThere): Promise<undefined> {
    this.calls.push(`take down ${service}`);
  }
}
