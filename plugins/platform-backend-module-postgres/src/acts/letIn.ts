import { markOf } from '../database/mark';
import { readRoles } from '../database/readRoles';
import { scramVerifier } from '../server/scramVerifier';
import type { ServerSession } from '../server/ServerSession';
import { name, sql, type Statement } from '../server/sql';
import type { Credentials, Target } from './Target';

/**
 * Makes the roles of a resource where they are missing, and lets the given credentials in, whatever their roles were before. Other
 * credentials stay as they are.
 */
export async function letIn(
  session: ServerSession,
  { names, resource }: Target,
  { slot, password, readerPassword }: Credentials,
): Promise<void> {
  const { owner, reader } = names;
  const login = names.logins[slot];
  const readerLogin = names.readerLogins[slot];
  const { existing, isSuperuser } = await readRoles(session, names);
  const roles = [owner, reader, login, readerLogin];
  const passwords = await Promise.all([
    allowLogin(login, password),
    allowLogin(readerLogin, readerPassword),
  ]);
  await session.change(
    ...roles
      .filter(role => !existing.has(role))
      .flatMap(role => [
        sql`CREATE ROLE ${name(role)}`,
        sql`COMMENT ON ROLE ${name(role)} IS ${markOf(resource)}`,
      ]),
    ...passwords,
    sql`GRANT ${name(owner)} TO ${name(login)}`,
    sql`GRANT ${name(reader)} TO ${name(readerLogin)}`,
    sql`ALTER ROLE ${name(login)} SET role TO ${owner}`,
    // A role that isn't almighty needs to be them to act for them.
    ...(isSuperuser ? [] : [sql`GRANT ${roles.map(name)} TO CURRENT_USER`]),
  );
}

async function allowLogin(role: string, password: string): Promise<Statement> {
  const verifier = await scramVerifier(password);
  return sql`ALTER ROLE ${name(role)} LOGIN PASSWORD ${verifier}`;
}
