import {
  OperationFailedError,
  type Placeholders,
  type ReleaseFile,
  type ScoreFile,
} from '@slipway/plugin-platform-node';
import path from 'node:path';

/** So that all of a release's configuration fits into one request to the runtime, in base64. */
const MOST_BYTES = 512 * 1024;
/** Its content may be secret: the service alone may read it, where the file doesn't say otherwise. */
const DEFAULT_MODE = '0600';

/**
 * The content of the files that a `score.yaml` adds to its artifact.
 * Throws `OperationFailedError` where one can't be had.
 *
 * @param files - with the placeholders of their inline content replaced
 * @param readFile - reads a file of the artifact; `undefined` where there is none
 */
export async function releaseFiles(
  files: ScoreFile[],
  placeholders: Placeholders,
  readFile: (file: string, limit: number) => Promise<Buffer | undefined>,
): Promise<ReleaseFile[]> {
  let bytes = 0;
  const complete: ReleaseFile[] = [];
  for (const file of files) {
    const content = await contentOf(file, placeholders, readFile);
    bytes += content.length;
    if (bytes > MOST_BYTES) {
      throw new OperationFailedError({
        message: `score.yaml: with ${file.target}, files have more than ${MOST_BYTES / 1024} kB.`,
        hint: 'Put large files into the artifact, and read them there.',
      });
    }
    complete.push({
      target: file.target,
      mode: file.mode ?? DEFAULT_MODE,
      content: content.toString('base64'),
    });
  }
  return complete;
}

async function contentOf(
  file: ScoreFile,
  placeholders: Placeholders,
  readFile: (file: string, limit: number) => Promise<Buffer | undefined>,
): Promise<Buffer> {
  const { target, content, binaryContent, source = '', noExpand } = file;
  if (content !== undefined) {
    return Buffer.from(content);
  }
  if (binaryContent !== undefined) {
    return Buffer.from(binaryContent, 'base64');
  }
  const read =
    path.posix.isAbsolute(source) || source.split('/').includes('..')
      ? undefined
      : await readFile(source, MOST_BYTES);
  if (!read) {
    throw new OperationFailedError({
      message: `score.yaml: the file ${target} has the source ${source}, which the artifact does not hold.`,
      hint: 'Name a file by its path in the artifact, and have the pipeline put it there.',
    });
  }
  return noExpand ? read : expand(read, file, placeholders);
}

function expand(
  content: Buffer,
  { target, source }: ScoreFile,
  placeholders: Placeholders,
): Buffer {
  const text = content.toString('utf8');
  if (!Buffer.from(text).equals(content)) {
    throw new OperationFailedError({
      message: `score.yaml: the file ${target} has the source ${source}, which is no text, so placeholders can't be replaced in it.`,
      hint: 'Add noExpand: true.',
    });
  }
  return Buffer.from(placeholders.replace(text, `${target} (${source})`));
}
