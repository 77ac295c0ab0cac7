import type { ServerSession } from '../server/ServerSession';
import { type DatabaseNames, SLOTS, type Slot } from './DatabaseNames';

/** Who of the resource's roles there is, and can do what it is there for. */
export interface RoleFacts {
  existing: Set<string>;
  /** Whether both logins of a slot are let in, and act as what they are for. */
  letsIn: Record<Slot, boolean>;
  /** Whether the platform's own role there is one. */
  isSuperuser: boolean;
}

interface RoleRow {
  name: string;
  can_log_in: boolean;
  is_owner: boolean | null;
  is_reader: boolean | null;
  acts_as_owner: boolean;
}

export async function readRoles(
  session: ServerSession,
  names: DatabaseNames,
): Promise<RoleFacts> {
  const { owner, reader, logins, readerLogins } = names;
  const all = [
    ...[owner, reader],
    ...Object.values(logins),
    ...Object.values(readerLogins),
  ];
  const rows = await session.read<RoleRow>(
    `SELECT r.rolname AS name, r.rolcanlogin AS can_log_in,
       pg_has_role(r.oid, (SELECT oid FROM pg_roles WHERE rolname = $2), 'USAGE') AS is_owner,
       pg_has_role(r.oid, (SELECT oid FROM pg_roles WHERE rolname = $3), 'USAGE') AS is_reader,
       EXISTS (SELECT FROM pg_db_role_setting WHERE setrole = r.oid AND setdatabase = 0 AND 'role=' || $2 = ANY (setconfig)) AS acts_as_owner
     FROM pg_roles r WHERE r.rolname = ANY ($1)`,
    [all, owner, reader],
  );
  const byName = new Map(rows.map(row => [row.name, row]));
  const letsIn = (slot: Slot): boolean => {
    const login = byName.get(logins[slot]);
    const readerLogin = byName.get(readerLogins[slot]);
    return Boolean(
      login?.can_log_in &&
      login.is_owner &&
      login.acts_as_owner &&
      readerLogin?.can_log_in &&
      readerLogin.is_reader,
    );
  };
  const [a, b] = SLOTS.map(letsIn);
  const [{ is_superuser: isSuperuser }] = await session.read<{
    is_superuser: boolean;
  }>(`SELECT current_setting('is_superuser')::boolean AS is_superuser`, []);
  return { existing: new Set(byName.keys()), letsIn: { a, b }, isSuperuser };
}
