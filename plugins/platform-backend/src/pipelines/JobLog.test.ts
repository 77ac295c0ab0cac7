import type { JobLogLine } from '@slipway/plugin-platform-common';
import type { RunSecrets } from '../runs';
import { until } from '../__testUtils__/until';
import { ValueRedactor } from '../redaction/ValueRedactor';
import { JobLog } from './JobLog';
import type { PipelineStore } from './PipelineStore';

const SECRET = 'correct horse battery staple';

describe('JobLog', () => {
  let stored: Record<string, JobLogLine[]>;
  let log: JobLog;

  beforeEach(() => {
    stored = {};
    const store: Pick<PipelineStore, 'appendJobLog'> = {
      async appendJobLog(_id, job, lines) {
        stored[job] = [...(stored[job] ?? []), ...lines];
      },
    };
    const secrets: Pick<RunSecrets, 'redactor'> = {
      redactor: async () => new ValueRedactor([SECRET]),
    };
    log = new JobLog({
      store: store as PipelineStore,
      secrets: secrets as RunSecrets,
      pipeline: { id: 'p', runId: 'r' },
      printed: () => {},
    });
  });

  it('keeps every line its number, job by job, and stores none twice', async () => {
    const lines = [
      { sequence: 1, text: `token: ${SECRET}` },
      { sequence: 2, text: SECRET.slice(0, 7) },
    ];
    await Promise.all([
      log.print('build', lines),
      log.print('test', [{ sequence: 1, text: SECRET.slice(0, 7) }]),
      log.print('build', [
        ...lines,
        { sequence: 3, text: `${SECRET.slice(7)}.` },
      ]),
    ]);
    await log.end();
    expect(stored).toEqual({
      build: [
        { sequence: 1, text: 'token: [redacted]' },
        { sequence: 2, text: '[redacted]' },
        { sequence: 3, text: '[redacted].' },
      ],
      test: [{ sequence: 1, text: 'correct' }],
    });
  });

  it('tells a line that may begin a secret when nothing more comes', async () => {
    await log.print('build', [{ sequence: 1, text: 'it is correct' }]);
    expect(stored.build).toEqual([]);
    await until(() => stored.build.length === 1);
  });
});
