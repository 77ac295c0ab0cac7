import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { StartRequest } from '@slipway/plugin-platform-backend-module-local-runtime';

/** What an instance was started with. Of files it keeps what tells them from others: their content is on disk, and may be secret. */
export interface InstanceSpec extends Omit<StartRequest, 'files'> {
  files: Array<{ target: string; digest: string }>;
}

export function toInstanceSpec({ files, ...rest }: StartRequest): InstanceSpec {
  return {
    ...rest,
    files: files.map(file => ({
      target: file.target,
      digest: createHash('sha256').update(JSON.stringify(file)).digest('hex'),
    })),
  };
}

/** Whether what runs is what is wanted. */
export function isSameStart(
  running: InstanceSpec,
  wanted: InstanceSpec,
): boolean {
  const essence = (spec: InstanceSpec) => [
    spec.artifact.digest,
    spec.command,
    spec.work ?? { kind: 'service' },
    spec.variables,
    spec.volumes,
    spec.files,
  ];
  return isDeepStrictEqual(essence(running), essence(wanted));
}
