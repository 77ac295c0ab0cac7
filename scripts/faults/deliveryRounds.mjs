import { positions } from './PositionStriker.mjs';

/** Where a deployment is struck on its way through a canary. */
const ON_THE_WAY = positions.deploy.filter(({ step }) =>
  ['smoke', 'shift', 'switch', 'bake', 'retire'].includes(step),
);

/**
 * Brings the two newest releases of a service to where canaries are, and back, in turn, while the backend is struck on the way.
 *
 * @param {import('./PortalUser.mjs').PortalUser} user
 * @param {import('./PositionStriker.mjs').PositionStriker} striker
 * @param {{ service: string, deadline: number }} options
 * @returns {Promise<number>} how often
 */
export async function promoteAndRollBack(user, striker, options) {
  const { service, deadline } = options;
  const [newer, older] = await user.servedReleases(service);
  let rounds = 0;
  for (const position of ON_THE_WAY) {
    if (performance.now() > deadline || !older) break;
    striker.arm(position);
    await user.deploy(
      service,
      'staging',
      (rounds % 2 === 0 ? older : newer).id,
    );
    await striker.idle();
    striker.disarm();
    rounds += 1;
  }
  if (rounds > 1) {
    striker.arm(positions.deploy[0]);
    await user.rollBack(service, 'staging', older.id);
    await striker.idle();
    striker.disarm();
  }
  return rounds;
}

/**
 * Gives branches previews and deletes the branches, while the backend is struck as the previews are taken away.
 *
 * @param {import('./PortalUser.mjs').PortalUser} user
 * @param {import('./PositionStriker.mjs').PositionStriker} striker
 * @param {{ service: string, clone: string, deadline: number }} options
 * @returns {Promise<number>} how many
 */
export async function previewBranches(user, striker, options) {
  const { service, clone, deadline } = options;
  let previews = 0;
  for (const position of positions['remove-preview']) {
    if (performance.now() > deadline) break;
    const branch = `try-${previews}`;
    await user.pushBranch(clone, branch);
    await user.preview(service, branch);
    striker.arm(position);
    await user.deleteBranch(clone, service, branch);
    await striker.idle();
    striker.disarm();
    previews += 1;
  }
  return previews;
}
