import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { execFile } from 'node:child_process';
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Finding, Scan } from './reports';

const run = promisify(execFile);

/** Larger files are data, in bytes. */
const MAXIMUM_BYTES = 1024 * 1024;
const MAXIMUM_LISTING = 64 * 1024 * 1024;

const PRESET = '@secretlint/secretlint-rule-preset-recommend';

/** Looks for passwords, tokens and keys in the files that the repository keeps; what it found is told without them. */
export async function findSecrets(directory: string): Promise<Scan> {
  const { stdout } = await run('git', ['ls-files', '-z'], {
    cwd: directory,
    maxBuffer: MAXIMUM_LISTING,
  });
  const findings: Finding[] = [];
  for (const file of stdout.split('\0').filter(Boolean)) {
    const content = await readText(path.join(directory, file));
    if (content !== undefined) {
      findings.push(...(await findingsIn(file, content)));
    }
  }
  return {
    type: 'secret_detection',
    scanner: { id: 'secretlint', name: 'secretlint', version: '13' },
    findings,
  };
}

async function findingsIn(file: string, content: string): Promise<Finding[]> {
  const { messages } = await lintSource({
    source: {
      filePath: file,
      content,
      ext: path.extname(file),
      contentType: 'text',
    },
    options: {
      maskSecrets: true,
      config: { rules: [{ id: PRESET, rule: creator, options: {} }] },
    },
  });
  return messages.map(({ message, ruleId, loc }) => ({
    name: ruleId,
    severity: 'Critical',
    description: message,
    file,
    line: loc.start.line,
  }));
}

/** `undefined` for links, large files and what is no text. */
async function readText(file: string): Promise<string | undefined> {
  const stats = await lstat(file).catch(() => undefined);
  if (!stats?.isFile() || stats.size > MAXIMUM_BYTES) {
    return undefined;
  }
  const content = await readFile(file);
  return content.includes(0) ? undefined : content.toString('utf8');
}
