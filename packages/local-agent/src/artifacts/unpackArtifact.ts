import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { AgentError, codeOf, explainDiskError } from '../AgentError';
import { checkEntries } from './checkEntries';

const run = promisify(execFile);

/** The services' user has to be able to read what the pipeline's user may have kept for itself. */
const UNPACK = 'umask 022 && tar -xzf "$1" -C "$2" -o -m && chmod -R a+rX "$2"';

/**
 * Unpacks an artifact into a directory that does not exist yet. The digest is verified before a byte of it
 * is unpacked, and the directory appears complete or not at all.
 *
 * Entries that would land outside, by their path or through a link, are refused with the whole artifact. Files
 * belong to the agent and can be read by all, so that a service can't change its own code.
 */
export async function unpackArtifact(
  artifact: { file: string; digest: string },
  directory: string,
): Promise<void> {
  const partial = `${directory}.partial`;
  try {
    await verifyDigest(artifact);
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true, mode: 0o755 });
    await unpack(artifact.file, partial);
    await rm(directory, { recursive: true, force: true });
    await rename(partial, directory);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw explainDiskError(error, 'the artifact could not be unpacked');
  }
}

async function verifyDigest(artifact: {
  file: string;
  digest: string;
}): Promise<void> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(artifact.file)) {
      hash.update(chunk as Buffer);
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      throw AgentError.final({
        message: `The artifact ${artifact.digest} is not at ${artifact.file}.`,
        hint: 'Run the pipeline again to build it anew.',
      });
    }
    throw error;
  }
  const actual = `sha256:${hash.digest('hex')}`;
  if (actual !== artifact.digest) {
    throw AgentError.final({
      message: `The artifact is not what the pipeline built: its digest is ${actual} instead of ${artifact.digest}.`,
      hint: 'Someone or something changed the file. Run the pipeline again to build it anew.',
    });
  }
}

/**
 * The system's tar does the work, in a process of its own: thousands of small files would hold up the requests that
 * the agent passes on.
 */
async function unpack(file: string, directory: string): Promise<void> {
  await checkEntries(file);
  try {
    await run('/bin/sh', ['-c', UNPACK, 'sh', file, directory], {
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw stderr.includes('No space left')
      ? Object.assign(new Error(stderr), { code: 'ENOSPC' })
      : error;
  }
}
