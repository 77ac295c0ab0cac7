import type { Environment } from '@slipway/plugin-platform-common';
import type { ResourceProvider } from '@slipway/plugin-platform-node';
import { Environments } from '../environments';

/**
 * The text of a file with these environments, in this order, and whatever other documents.
 *
 * @param documents - YAML
 */
export function environmentsText(
  environments: Array<
    Pick<Environment, 'name'> &
      Partial<Omit<Environment, 'rollout' | 'previews'>> & {
        /** As it stands in YAML. */
        rollout?: object;
        previews?: object;
      }
  >,
  ...documents: string[]
): string {
  return [
    ...environments.map(({ name, title, ...spec }, index) =>
      JSON.stringify({
        apiVersion: 'slipway.dev/v1',
        kind: 'Environment',
        metadata: { name, title },
        spec: { order: index + 1, ...spec },
      }),
    ),
    ...documents,
  ].join('\n---\n');
}

/** `dev` deploys by itself, `prod` is protected. */
export const DEV_AND_PROD = environmentsText([
  { name: 'dev', title: 'Development', autoDeploy: true },
  { name: 'prod', title: 'Production', protected: true },
]);

/** The environments of one text, without a file. */
export function environmentsOf(
  text: string,
  providers?: readonly ResourceProvider[],
): Environments {
  return new Environments([{ name: 'environments.yaml', text }], providers);
}
