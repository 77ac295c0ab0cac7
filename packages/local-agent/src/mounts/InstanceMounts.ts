import { rmSync } from 'node:fs';
import type { ReleaseFile } from '@slipway/plugin-platform-node';
import type { InstanceRecord, WorkloadEnvironment } from '../workloads/types';
import { isBind } from './Mount';
import { prepareMounts } from './prepareMounts';
import { remarksOn } from './remarksOn';

/** The volumes and files of an instance. */
export class InstanceMounts {
  readonly #record: InstanceRecord;
  readonly #root: string;
  readonly #directory: string;
  readonly #environment: WorkloadEnvironment;

  /** @param directories - `root`: of the artifact; `mounts`: for files that belong elsewhere */
  constructor(
    record: InstanceRecord,
    directories: { root: string; mounts: string },
    environment: WorkloadEnvironment,
  ) {
    this.#record = record;
    this.#root = directories.root;
    this.#directory = directories.mounts;
    this.#environment = environment;
  }

  /** Puts them where the process will find them; throws what is wrong with a target. */
  async prepare(
    files: ReleaseFile[],
    progress: (text: string) => void,
  ): Promise<void> {
    const { volumes, user, bubblewrap } = this.#environment;
    const { spec } = this.#record;
    if (spec.volumes.length === 0 && files.length === 0) {
      return;
    }
    const mounts = prepareMounts({
      volumes: spec.volumes,
      files,
      root: this.#root,
      directory: this.#directory,
      user,
      directoryOf: id => volumes.requireDirectory(id),
    });
    this.#record.mounts = mounts;
    const isBound = mounts.some(isBind) && (await bubblewrap()) !== undefined;
    remarksOn(mounts, isBound).forEach(progress);
  }

  /** Keeps nothing that may be secret of an instance that is not to run any more. */
  forget(): void {
    const { mounts, spec } = this.#record;
    rmSync(this.#directory, { recursive: true, force: true });
    mounts
      .filter(({ kind }) => kind === 'file')
      .forEach(({ source }) => rmSync(source, { force: true }));
    this.#record.mounts = [];
    spec.variables = {};
  }
}
