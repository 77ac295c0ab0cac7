import type { RootConfigService } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  type KnownPeople,
  readRotationFolder,
  readRotations,
} from '@slipway/plugin-ownership-node';
import type { DefinitionProblem } from '@slipway/plugin-platform-common';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Where rotations are where `ownership.onCall.directory` doesn't say. */
const DIRECTORY = '../../org/oncall';

/** What the files of rotations hold. */
export interface RotationsValidation {
  /** The folder that the problems' files are relative to. */
  folder: string;
  files: number;
  rotations: number;
  problems: DefinitionProblem[];
}

/**
 * Checks rotations against the people and teams of the files that `auth.providers.local.usersFrom` names; `undefined` where there is no such
 * file, since nobody can tell then whether people are there.
 */
export async function validateRotations(
  config: RootConfigService,
): Promise<RotationsValidation | undefined> {
  const people = await readPeople(
    config.getOptionalStringArray('auth.providers.local.usersFrom') ?? [],
  );
  if (people.users.size === 0) {
    return undefined;
  }
  const directory = path.resolve(
    config.getOptionalString('ownership.onCall.directory') ?? DIRECTORY,
  );
  const files = await readRotationFolder(directory);
  const { rotations, problems } = readRotations(files, people);
  return {
    folder: path.resolve(directory, '../..'),
    files: files.length,
    rotations: rotations.length,
    problems,
  };
}

async function readPeople(patterns: string[]): Promise<KnownPeople> {
  const users = new Set<string>();
  const groups = new Set<string>();
  const files = glob(patterns.map(pattern => path.resolve(pattern)));
  for await (const file of files) {
    for (const document of parseAllDocuments(await readFile(file, 'utf8'))) {
      const entity = document.toJS() as Entity | null;
      if (entity?.kind === 'User') {
        users.add(stringifyEntityRef(entity));
      } else if (entity?.kind === 'Group') {
        groups.add(stringifyEntityRef(entity));
      }
    }
  }
  return { users, groups };
}
