import type { OwnershipDirectory } from './OwnershipDirectory';

/**
 * The reference of an owner as `CODEOWNERS` writes it: `@org/team` is the group `team`, `@name` the person or else the group
 * `name` (GitLab's groups have no organisation before them), an email address the person who has it. `undefined` where the
 * directory has none of these.
 */
export function referenceOfOwner(
  owner: string,
  { groups, users }: OwnershipDirectory,
): string | undefined {
  const written = owner.toLowerCase();
  if (!written.startsWith('@')) {
    return [...users].find(
      ([, { email }]) => email?.toLowerCase() === written,
    )?.[0];
  }
  const parts = written.slice(1).split('/');
  const group = `group:default/${parts.at(-1)}`;
  const user = `user:default/${parts[0]}`;
  if (parts.length === 1 && users.has(user)) {
    return user;
  }
  return groups.has(group) ? group : undefined;
}
