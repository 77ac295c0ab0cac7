import { mockServices } from '@backstage/backend-test-utils';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { environmentsText } from '../__testUtils__/environments';
import { until } from '../__testUtils__/until';
import { definitionText, THREE } from './__testUtils__/company';
import { POSTGRES } from './__testUtils__/providers';
import { createEnvironments } from './createEnvironments';

jest.setTimeout(60_000);

describe('createEnvironments', () => {
  let folder: string;
  let stopping: AbortController;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'environments-'));
    stopping = new AbortController();
  });

  afterEach(async () => {
    stopping.abort();
    await rm(folder, { recursive: true });
  });

  async function write(...text: Parameters<typeof environmentsText>) {
    await writeFile(
      path.join(folder, 'company.yaml'),
      environmentsText(...text),
    );
  }

  async function start(environmentsFrom: string | string[]) {
    const logger = mockServices.logger.mock();
    const signals = { publish: jest.fn(async () => {}) };
    const { environments, watch } = await createEnvironments({
      config: mockServices.rootConfig({
        data: { platform: { environmentsFrom } },
      }),
      logger,
      signals,
      providers: [POSTGRES],
    });
    watch(stopping.signal);
    return { environments, logger, signals };
  }

  it('follows the files, tells pages, and logs what changed', async () => {
    await write(THREE);
    const backends = await Promise.all([
      start(path.join(folder, '*.yaml')),
      start([path.join(folder, 'company.yaml')]),
    ]);
    await write(THREE, definitionText('db', 'type: postgres'));
    for (const { environments, logger, signals } of backends) {
      await until(() => environments.definitions().length === 1);
      expect(logger.info.mock.calls).toEqual([
        ['The environments have changed: new definition db.'],
      ]);
      expect(signals.publish.mock.calls).toEqual([
        [
          {
            recipients: { type: 'broadcast' },
            channel: 'platform',
            message: { type: 'environments' },
          },
        ],
      ]);
    }

    await write(THREE, definitionText('db', 'type: postgres, environment: qa'));
    for (const { environments, logger, signals } of backends) {
      await until(() => environments.view().problems.length === 1);
      expect(environments.definitions()[0].match).toEqual({ type: 'postgres' });
      expect(logger.warn.mock.calls).toEqual([
        [
          expect.stringContaining(
            'go on counting:\ncompany.yaml:10: There is no environment "qa".',
          ),
        ],
      ]);
      expect(signals.publish).toHaveBeenCalledTimes(2);
    }
  });

  it('does not start with what is not valid', async () => {
    await write(THREE, definitionText('db', 'type: postgres', 'provider: db'));
    await expect(start(path.join(folder, '*.yaml'))).rejects.toThrow(
      /company\.yaml:10: This portal has no resource provider "db"/,
    );
  });

  it('does not start where there is no file', async () => {
    await expect(start(path.join(folder, '*.yml'))).rejects.toThrow(
      `platform.environmentsFrom names no file: looked in ${folder}.`,
    );
  });
});
