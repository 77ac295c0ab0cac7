import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { ReleaseFile } from '@slipway/plugin-platform-node';
import { AgentError, explainDiskError } from '../AgentError';
import type { WorkloadUser } from '../processes/WorkloadUser';

/** Makes the services' user the owner, where there is one of its own. */
export function giveTo(user: WorkloadUser | undefined, file: string): void {
  if (user) {
    chownSync(file, user.uid, user.gid);
  }
}

/** Puts a link below a folder. Answers where it is. */
export function linkBelow(
  root: string,
  target: string,
  source: string,
): string {
  const place = placeBelow(root, target);
  const there = lstatSync(place, { throwIfNoEntry: false });
  if (there && !(there.isDirectory() && readdirSync(place).length === 0)) {
    throw AgentError.final({
      message: `score.yaml puts a volume at ${target}, and the artifact has something there already.`,
      hint: 'Choose another target, or leave it out of the artifact.',
    });
  }
  if (there) {
    rmdirSync(place);
  }
  symlinkSync(source, place);
  return place;
}

/** Writes a file below a folder, in the place of what was there, for the services' user only unless its mode says more. */
export function writeBelow(
  root: string,
  target: string,
  file: Pick<ReleaseFile, 'content' | 'mode'>,
  user: WorkloadUser | undefined,
): string {
  const place = placeBelow(root, target);
  if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    throw AgentError.final({
      message: `score.yaml puts a file at ${target}, and the artifact has a folder there.`,
      hint: 'Choose another target.',
    });
  }
  try {
    rmSync(place, { force: true });
    // Nobody else may look before it has its mode and its owner.
    writeFileSync(place, Buffer.from(file.content, 'base64'), {
      flag: 'wx',
      mode: 0o600,
    });
    chmodSync(place, Number.parseInt(file.mode, 8));
    giveTo(user, place);
  } catch (error) {
    throw explainDiskError(error, `the file ${target} could not be written`);
  }
  return place;
}

/** A folder in a volume, made where it is missing. What services put into a volume is not to lead out of it. */
export function folderIn(
  volume: string,
  below: string,
  user: WorkloadUser | undefined,
): string {
  let folder = volume;
  for (const name of below.split('/').filter(each => each && each !== '.')) {
    folder = path.join(folder, name);
    const there = lstatSync(folder, { throwIfNoEntry: false });
    if (name === '..' || (there && !there.isDirectory())) {
      throw AgentError.final({
        message: `score.yaml names ${below} in a volume, which is no folder of it.`,
        hint: 'Choose another path.',
      });
    }
    if (!there) {
      mkdirSync(folder, { mode: 0o700 });
      giveTo(user, folder);
    }
  }
  return folder;
}

/** Where a target is below a folder; the folders between are made. */
function placeBelow(root: string, target: string): string {
  const place = path.resolve(root, target);
  const refused = AgentError.final({
    message: `score.yaml puts something at ${target}, which is not below the artifact's root.`,
    hint: 'Use a path such as config/app.yaml, or an absolute one.',
  });
  if (!place.startsWith(`${root}${path.sep}`)) {
    throw refused;
  }
  const parent = path.dirname(place);
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  if (!`${realpathSync(parent)}/`.startsWith(`${realpathSync(root)}/`)) {
    throw refused;
  }
  return place;
}
