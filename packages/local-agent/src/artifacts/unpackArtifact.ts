import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { x as createUnpack } from 'tar';
import { AgentError, codeOf, explainDiskError } from '../AgentError';

/** The most an artifact may hold when unpacked, in bytes. */
export const MAXIMUM_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024;

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

function unpack(file: string, directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const source = createReadStream(file);
    let bytes = 0;
    const fail = (error: Error) => {
      source.destroy();
      reject(explainTarError(error));
    };
    const target = createUnpack({
      cwd: directory,
      // Any entry that tar would correct or skip makes the artifact unacceptable.
      strict: true,
      preserveOwner: false,
      noMtime: true,
      onReadEntry: entry => {
        bytes += entry.size;
        if (bytes > MAXIMUM_UNPACKED_BYTES) {
          fail(
            AgentError.final({
              message: `The artifact holds more than ${MAXIMUM_UNPACKED_BYTES} bytes.`,
              hint: 'Declare only what the service needs to run under artifacts:paths.',
            }),
          );
        }
        const openable =
          entry.type === 'Directory' || ((entry.mode ?? 0) & 0o100) !== 0;
        entry.mode = openable ? 0o755 : 0o644;
      },
    });
    source.once('error', fail);
    target.once('error', fail);
    target.once('close', resolve);
    source.pipe(target);
  });
}

function explainTarError(error: Error): Error {
  const isSystemError = /^E[A-Z]+$/.test(codeOf(error) ?? '');
  if (error instanceof AgentError || isSystemError) {
    return error;
  }
  const code = 'tarCode' in error ? error.tarCode : undefined;
  if (code === 'TAR_ENTRY_ERROR' || code === 'TAR_ENTRY_INFO') {
    const entry = 'path' in error ? ` (${String(error.path)})` : '';
    return AgentError.final({
      message: `The artifact was refused: an entry would land outside of it${entry}: ${error.message}.`,
      hint: 'Use relative paths and links that stay inside the artifact.',
    });
  }
  return AgentError.final({
    message: `The artifact can't be unpacked: ${error.message}.`,
    hint: 'It has to be a gzipped tar. Run the pipeline again to build it anew.',
  });
}
