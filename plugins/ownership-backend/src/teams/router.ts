import type { ApiRouter } from '../openapi';
import type { TeamOperations } from './TeamOperations';

/** Adds teams. */
export function addTeamRoutes(
  router: ApiRouter,
  { teams }: { teams: TeamOperations },
): void {
  router.get('/teams', async (request, response) => {
    response.json({ items: await teams.list(request, request.query.q) });
  });

  router.get('/teams/:ref', async (request, response) => {
    response.json(await teams.get(request, request.params.ref));
  });
}
