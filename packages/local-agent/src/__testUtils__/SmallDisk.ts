import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const BLOCK = Buffer.alloc(4096, 1);

/**
 * A small file system of its own, that a test can fill to the last byte. Only root may mount one, on Linux.
 */
export class SmallDisk {
  readonly directory: string;
  /** Where it is not, there is no directory either. */
  readonly isMounted: boolean;

  constructor(megabytes: number) {
    this.directory = mkdtempSync(path.join(tmpdir(), 'small-disk-'));
    const { status } = spawnSync('mount', [
      ...['-t', 'tmpfs', '-o', `size=${megabytes}m`],
      ...['tmpfs', this.directory],
    ]);
    this.isMounted = status === 0;
    if (!this.isMounted) {
      rmSync(this.directory, { recursive: true });
    }
  }

  /** Leaves that much room, in bytes. */
  fill(left = 0): void {
    this.free();
    const { bavail, bsize } = statfsSync(this.directory);
    const blocks = Math.floor((bavail * bsize - left) / BLOCK.length);
    writeFileSync(
      this.#filler,
      Buffer.concat(new Array<Buffer>(blocks).fill(BLOCK)),
    );
  }

  free(): void {
    rmSync(this.#filler, { force: true });
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.directory]);
    rmSync(this.directory, { recursive: true });
  }

  get #filler(): string {
    return path.join(this.directory, 'filler');
  }
}
