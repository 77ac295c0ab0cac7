import type {
  ProvidedResource,
  ProviderContext,
} from '@slipway/plugin-platform-node';
import {
  type DatabaseNames,
  namesOf,
  type Slot,
  slotOf,
} from '../database/DatabaseNames';
import type { DatabaseParameters } from '../parameters/databaseParameters';

export type DatabaseResource = ProvidedResource<DatabaseParameters>;

/** A credential of each kind, as the outputs hold them. */
export interface Credentials {
  slot: Slot;
  password: string;
  readerPassword: string;
}

/** What an act is about. */
export interface Target {
  resource: DatabaseResource;
  names: DatabaseNames;
  context: ProviderContext;
}

export function targetOf(
  resource: DatabaseResource,
  context: ProviderContext,
): Target {
  return { resource, names: namesOf(resource), context };
}

/** Those that the resource has; new ones where it has none. */
export async function credentialsOf(target: Target): Promise<Credentials> {
  const { resource, names } = target;
  const { password, readonly_password: readerPassword } = resource.outputs;
  const slot = slotOf(names, resource);
  return password && readerPassword
    ? { slot, password, readerPassword }
    : newCredentials(target, slot);
}

/** New ones for a slot. */
export async function newCredentials(
  { context }: Target,
  slot: Slot,
): Promise<Credentials> {
  const [password, readerPassword] = await Promise.all([
    context.password('password'),
    context.password('readonly_password'),
  ]);
  return { slot, password, readerPassword };
}
