import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Access } from '../access';
import type { ArtifactStore } from '../artifacts';
import { checkedKey, parse } from '../http';
import type { RunOperations } from '../runs';
import { createServiceQuery } from './createServiceInput';
import { CREATE_SERVICE_RUN_KIND } from './createServiceRunKind';

/** The most the archive of a new service may weigh, in bytes. */
const MAXIMUM_ARCHIVE_BYTES = 20 * 1024 * 1024;

/** Creating services. */
export function createServicesRouter(options: {
  access: Access;
  artifacts: ArtifactStore;
  operations: RunOperations;
}): Router {
  const { access, artifacts, operations } = options;
  const router = PromiseRouter();

  router.post('/services', async (request, response) => {
    await access.requireCreator(request);
    const key = checkedKey(request.header('Idempotency-Key'));
    const { goldenPath, ...input } = parse(createServiceQuery, request.query);
    const { digest: archive } = await artifacts.receive(
      // A refused archive is left unread, so that the refusal can still be sent.
      request.iterator({ destroyOnReturn: false }),
      MAXIMUM_ARCHIVE_BYTES,
    );
    const run = await operations.start(
      request,
      {
        kind: CREATE_SERVICE_RUN_KIND,
        input: { ...input, archive },
        goldenPath,
      },
      key,
    );
    response.status(201).json(run);
  });

  return router;
}
