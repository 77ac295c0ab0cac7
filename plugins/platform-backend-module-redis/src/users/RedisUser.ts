import type { ProvidedResource } from '@slipway/plugin-platform-node';

/** Which user on which server a resource is. */
export interface RedisUser {
  server: string;
  name: string;
  /** What its keys and channels begin with. */
  prefix: string;
}

type Described = Pick<
  ProvidedResource<{ server: string }>,
  'id' | 'name' | 'parameters' | 'state'
>;

/** As a resource asks for it. */
export function wantedUser({
  id,
  name,
  parameters,
  state,
}: Described): RedisUser {
  // Its name would do while it exists; the id keeps it apart from the one of the same name that waits to be restored.
  const user = `${name}-${id.replaceAll('-', '').slice(0, 12)}`;
  return {
    server: parameters.server,
    name: textOf(state.user) ?? user,
    prefix: textOf(state.prefix) ?? `${user}:`,
  };
}

/** As it was made; where it wasn't yet, as it is asked for. */
export function currentUser(resource: Described): RedisUser {
  const wanted = wantedUser(resource);
  return { ...wanted, server: textOf(resource.state.server) ?? wanted.server };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
