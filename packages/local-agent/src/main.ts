import './limitMemory';
import { AgentError } from './AgentError';
import { stderrLogger } from './AgentLogger';
import { LocalAgent } from './LocalAgent';
import { readAgentOptions } from './readAgentOptions';

async function main(): Promise<void> {
  // Services run as another user where the agent is root, and have to read what it unpacks.
  process.umask(0o022);
  const agent = await LocalAgent.start({
    ...readAgentOptions(process.env),
    logger: stderrLogger,
  });
  const { controlPort, routerPort } = agent;
  let stopping = false;
  const stop = () => {
    if (stopping) {
      return;
    }
    stopping = true;
    agent.stop().then(
      () => process.exit(0),
      error => exitWith(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The starter may go away first; its pipe's end is no reason to leave the services alone.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.stdout.write(
    `${JSON.stringify({ ready: true, controlPort, routerPort })}\n`,
  );
}

function exitWith(error: unknown): void {
  const text =
    error instanceof AgentError
      ? [error.message, error.hint].filter(Boolean).join(' ')
      : `The local agent failed: ${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${text}\n`, () => process.exit(1));
}

main().catch(exitWith);
