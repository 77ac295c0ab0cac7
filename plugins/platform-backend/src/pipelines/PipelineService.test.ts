import { mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import type { Forge, Push } from '@slipway/plugin-platform-node';
import type { RunService } from '../runs';
import type { ServiceStore } from '../services';
import { PipelineService } from './PipelineService';
import type { PipelineStore } from './PipelineStore';

const PUSH: Push = {
  id: '1/main/1/abc',
  repository: {
    name: 'orders',
    description: '',
    owner: 'group:default/payments',
    defaultBranch: 'main',
    cloneUrl: '',
    webUrl: '',
    createdAt: '2026-11-27T10:00:00.000Z',
  },
  branch: 'main',
  sha: 'a'.repeat(40),
  pushedBy: 'user:default/mara',
};

function setUp(refusal: Error) {
  const logger = mockServices.logger.mock();
  const eventHappened = jest.fn(async () => {});
  const store: Partial<PipelineStore> = { findByPush: async () => undefined };
  const services: Partial<ServiceStore> = { save: async () => {} };
  const forge: Partial<Forge> = {
    getCommit: async () => ({
      sha: PUSH.sha,
      title: '',
      authorName: '',
      authorEmail: '',
      authoredAt: '',
    }),
  };
  const runs: Partial<RunService> = {
    start: async () => {
      throw refusal;
    },
  };
  const service = new PipelineService({
    store: store as PipelineStore,
    services: services as ServiceStore,
    forge: forge as Forge,
    runs: runs as RunService,
    events: { eventHappened },
    logger,
  });
  return { service, logger, eventHappened };
}

describe('PipelineService', () => {
  it('wants a push again that nobody could decide about', async () => {
    const { service } = setUp(new ServiceUnavailableError('Try again.'));
    await expect(service.pushed(PUSH)).rejects.toThrow('Try again.');
  });

  it('is done with a push of somebody who may not build it', async () => {
    const { service, logger, eventHappened } = setUp(
      new NotAllowedError('Tomas is no member of payments.'),
    );
    await service.pushed(PUSH);
    expect(eventHappened).not.toHaveBeenCalled();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('Tomas is no member of payments.'),
    );
  });
});
