import { Client, type QueryResultRow } from 'pg';
import type { Portal } from '../../../../scripts/lib/Portal.mjs';

/** Asks the server of the workloads' databases something, past the platform: as its administrator, or as somebody with a URL. */
export async function askServer<TRow extends QueryResultRow>(
  as: Portal | string,
  text: string,
): Promise<TRow[]> {
  const client = new Client(
    typeof as === 'string'
      ? { connectionString: as }
      : { ...as.workloadPostgres, database: 'postgres' },
  );
  await client.connect();
  try {
    return (await client.query<TRow>(text)).rows;
  } finally {
    await client.end();
  }
}
