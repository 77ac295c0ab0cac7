import { useDatabase } from './useDatabase.mjs';

/**
 * Asks the portal for a database over the API, follows the run as its page does until it is there, has its credential revealed, and uses it.
 *
 * @param {import('../lib/PortalSession.mjs').PortalSession} session
 * @param {string} name
 */
export async function askPortal(session, name) {
  const { id } = await session.call('/platform/runs', {
    kind: 'provision-resource',
    input: {
      ...{ type: 'postgres', class: 'small', name },
      environment: 'dev',
      owner: 'group:default/payments',
    },
  });
  const { state, failure, steps } = await session.followRun(id);
  const made = steps.find(({ output }) => output?.resourceId);
  if (state !== 'succeeded' || !made) {
    throw new Error(`${name}: ${state}: ${failure?.message}`);
  }
  const { outputs } = await session.call(
    `/platform/resources/${made.output.resourceId}/reveal`,
    {},
  );
  await useDatabase(outputs);
}
