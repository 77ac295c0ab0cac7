import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { mockServices } from '@backstage/backend-test-utils';
import {
  AgentClient,
  LocalRuntime,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import type {
  OperationContext,
  ReleaseSpec,
  WorkloadRef,
} from '@slipway/plugin-platform-node';
import { buildSync } from 'esbuild';
import { c as createTar } from 'tar';

/** The service that tests run, in development. */
export const REF: WorkloadRef = { service: 'orders', environment: 'dev' };
/** Where the router finds it. */
export const HOST = 'orders-dev.localhost';
export const TOKEN = 'a-token-for-tests';

/** A directory that unprivileged users can enter, too. */
export function createTestDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'slipway-agent-'));
  chmodSync(directory, 0o755);
  return directory;
}

/** Bundles the agent as it is shipped. */
export function bundleAgent(directory: string): string {
  const file = path.join(directory, 'main.cjs');
  buildSync({
    entryPoints: [path.join(__dirname, '..', 'main.ts')],
    bundle: true,
    platform: 'node',
    outfile: file,
    logLevel: 'error',
  });
  return file;
}

/** Packs the service as a pipeline would. */
export function packService(directory: string): ReleaseSpec['artifact'] {
  const file = path.join(directory, 'service.tar.gz');
  createTar(
    {
      gzip: true,
      file,
      sync: true,
      cwd: path.join(__dirname, '..', '__fixtures__', 'service'),
    },
    ['.'],
  );
  return { file, digest: digestOf(file) };
}

export function digestOf(file: string): string {
  return `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
}

/** Builds what the platform hands to a runtime; release and instance have one name, unless told otherwise. */
export function createRelease(
  artifact: ReleaseSpec['artifact'],
  releaseId: string,
  variables: Record<string, string> = {},
  overrides: Partial<ReleaseSpec> = {},
): ReleaseSpec {
  return {
    ref: REF,
    instanceId: releaseId,
    releaseId,
    label: releaseId,
    artifact,
    command: ['node', 'service.mjs'],
    variables: { VERSION: releaseId, ...variables },
    volumes: [],
    files: [],
    readiness: { path: '/ready' },
    readinessTimeoutMs: 20_000,
    gracePeriodMs: 5_000,
    ...overrides,
  };
}

/** A context that keeps what was logged. */
export function createContext(
  signal: AbortSignal = new AbortController().signal,
): OperationContext & { lines: string[] } {
  const lines: string[] = [];
  return {
    idempotencyKey: 'key',
    signal,
    lines,
    log: text => lines.push(text),
  };
}

/** An agent as a process of its own. */
export interface TestAgent {
  process: ChildProcess;
  controlPort: number;
  routerPort: number;
  runtime: LocalRuntime;
  /** Sends a signal and waits for the end; tells the exit code. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Runs an agent that is expected to give up. */
export async function runAgentToItsEnd(
  bundle: string,
  dataDirectory: string,
  routerPort: number,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [bundle], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      SLIPWAY_DATA: dataDirectory,
      SLIPWAY_AGENT_TOKEN: TOKEN,
      SLIPWAY_ROUTER_PORT: String(routerPort),
    },
  });
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
}

/** Starts the bundled agent on a data directory. */
export async function startAgent(
  bundle: string,
  dataDirectory: string,
  ports: { control?: number; router?: number } = {},
): Promise<TestAgent> {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o755 });
  const child = spawn(process.execPath, [bundle], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      SECRET_OF_THE_PORTAL: 'must not be seen by services',
      SLIPWAY_DATA: dataDirectory,
      SLIPWAY_AGENT_TOKEN: TOKEN,
      SLIPWAY_AGENT_PORT: String(ports.control ?? 0),
      SLIPWAY_ROUTER_PORT: String(ports.router ?? 0),
    },
  });
  const exited = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { controlPort, routerPort } = JSON.parse(line) as {
    controlPort: number;
    routerPort: number;
  };
  return {
    process: child,
    controlPort,
    routerPort,
    runtime: createRuntime(controlPort, routerPort),
    async end(signal) {
      child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}

/** Speaks the agent's protocol. */
export function createClient(controlPort: number): AgentClient {
  return new AgentClient({
    url: `http://127.0.0.1:${controlPort}`,
    token: TOKEN,
    patienceMs: 500,
  });
}

export function createRuntime(
  controlPort: number,
  routerPort: number,
): LocalRuntime {
  return LocalRuntime.create({
    agentUrl: `http://127.0.0.1:${controlPort}`,
    agentToken: TOKEN,
    routerUrl: `http://{workload}.localhost:${routerPort}`,
    logger: mockServices.logger.mock(),
    patienceMs: 500,
  });
}

/** Removes a directory of {@link createTestDirectory}. */
export function removeTestDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}
