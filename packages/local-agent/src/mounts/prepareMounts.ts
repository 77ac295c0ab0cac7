import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ReleaseFile, ReleaseVolume } from '@slipway/plugin-platform-node';
import { AgentError } from '../AgentError';
import type { WorkloadUser } from '../processes/WorkloadUser';
import type { Mount } from './Mount';
import { folderIn, giveTo, linkBelow, writeBelow } from './place';

/** What programs need of the system, where it is. */
const SYSTEM = ['/dev', '/proc', '/sys'];

/** What volumes and files are put together from. */
export interface MountOptions {
  volumes: ReleaseVolume[];
  files: ReleaseFile[];
  /** The artifact's root. */
  root: string;
  /** Takes the files whose targets are absolute; made where it is missing. */
  directory: string;
  user: WorkloadUser | undefined;
  /** The folder of a volume; throws where it isn't there. */
  directoryOf(volume: string): string;
}

/**
 * Puts volumes and files where an instance finds them: below the artifact's root where the target is relative (a volume as a link), else
 * aside, to be brought to their place when the process starts. Throws what is wrong with a target.
 */
export function prepareMounts(options: MountOptions): Mount[] {
  const { root, directory, user } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  giveTo(user, directory);
  const mounts = [
    ...options.volumes.map((volume): Mount => {
      const source = folderIn(
        options.directoryOf(volume.source),
        volume.path ?? '',
        user,
      );
      const target = bindTarget(volume.target);
      return {
        kind: 'volume',
        variable: variableOf('VOLUME', volume.target),
        readOnly: volume.readOnly,
        ...(target
          ? { source, target }
          : { source: linkBelow(root, volume.target, source) }),
      };
    }),
    ...options.files.map((file, index): Mount => {
      const target = bindTarget(file.target);
      return {
        kind: 'file',
        variable: variableOf('FILE', file.target),
        readOnly: true,
        ...(target
          ? { source: writeBelow(directory, String(index), file, user), target }
          : { source: writeBelow(root, file.target, file, user) }),
      };
    }),
  ];
  requireDifferent(mounts);
  return mounts;
}

function bindTarget(target: string): string | undefined {
  if (!path.isAbsolute(target)) {
    return undefined;
  }
  const place = path.resolve(target);
  if (
    place === '/' ||
    SYSTEM.some(each => place === each || place.startsWith(`${each}/`))
  ) {
    throw AgentError.final({
      message: `score.yaml puts something at ${target}, which is the system's.`,
      hint: 'Choose another target, such as /data.',
    });
  }
  return place;
}

/** `/var/lib/data` is told in `SLIPWAY_VOLUME_VAR_LIB_DATA`. */
function variableOf(kind: 'VOLUME' | 'FILE', target: string): string {
  const words = target.toUpperCase().match(/[A-Z0-9]+/g) ?? [];
  return ['SLIPWAY', kind, ...words].join('_');
}

function requireDifferent(mounts: Mount[]): void {
  const variables = mounts.map(({ variable }) => variable);
  const twice = variables.find(
    (each, index) => variables.indexOf(each) < index,
  );
  if (twice) {
    throw AgentError.final({
      message: `score.yaml puts two things at one target, or at two that only differ in signs: both would be told in ${twice}.`,
      hint: 'Give each volume and each file a target of its own.',
    });
  }
}
