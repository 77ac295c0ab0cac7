import {
  REPORT_KINDS,
  type PipelineReport,
} from '@slipway/plugin-platform-node';
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { readPipelineDefinition } from '../definition/PipelineDefinition';
import type { Workspace } from './Workspace';

/** Larger reports are nobody's to read, in bytes. */
const MAXIMUM_BYTES = 16 * 1024 * 1024;

/**
 * Reads the reports that jobs declare, as far as they wrote them where everything is checked out. Jobs may have put anything there: only a file of a
 * sensible size inside of it is read. What can't be is told.
 */
export async function collectReports(
  workspace: Workspace,
): Promise<{ reports?: PipelineReport[] }> {
  const { jobs } = readPipelineDefinition(
    (await workspace.readExpandedDefinition()) ?? '',
  );
  const reports: PipelineReport[] = [];
  for (const { reports: declared } of jobs) {
    for (const kind of REPORT_KINDS) {
      const file = declared[kind];
      if (file !== undefined) {
        reports.push(await read(workspace, kind, file));
      }
    }
  }
  return reports.length > 0 ? { reports } : {};
}

async function read(
  { project }: Workspace,
  kind: PipelineReport['kind'],
  file: string,
): Promise<PipelineReport> {
  try {
    const root = await realpath(project);
    const place = await realpath(path.resolve(root, file));
    if (!place.startsWith(`${root}${path.sep}`)) {
      return { kind, problem: `${file} is not in the repository.` };
    }
    const handle = await open(
      place,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    try {
      const stats = await handle.stat();
      return stats.isFile() && stats.size <= MAXIMUM_BYTES
        ? { kind, text: await handle.readFile('utf8') }
        : {
            kind,
            problem: `${file} is no file of at most ${MAXIMUM_BYTES / 1024 / 1024} MB.`,
          };
    } finally {
      await handle.close();
    }
  } catch {
    return { kind, problem: `No job wrote ${file}.` };
  }
}
