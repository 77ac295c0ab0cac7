import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { LocalPipelineEngine } from '../LocalPipelineEngine';
import { createRequestOf } from './requests';

const silent: LoggerService = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => silent,
};

/**
 * What a portal is to a pipeline: a process that runs one, and is killed while it does. Prints what jobs print.
 */
async function runPortal(): Promise<void> {
  const [directory, repository, pipelineId] = process.argv.slice(2);
  const engine = await LocalPipelineEngine.fromConfig(
    new ConfigReader({ platform: { localPipelines: { directory } } }),
    { logger: silent },
  );
  await engine.run(createRequestOf(repository, { pipelineId }), {
    jobsChanged: async () => undefined,
    jobPrinted: async (_job, lines) => {
      lines.forEach(({ text }) => process.stdout.write(`${text}\n`));
    },
  });
}

runPortal().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
