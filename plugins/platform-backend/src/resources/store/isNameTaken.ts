import { isError } from '@backstage/errors';

/** The class of SQL state for a row that would be there twice (PostgreSQL, appendix A). */
const UNIQUE_VIOLATION = '23505';

/** Whether the database refused a change because another resource has the name by now. */
export function isNameTaken(error: unknown): boolean {
  return (
    isError(error) &&
    error.code === UNIQUE_VIOLATION &&
    error.constraint === 'resources_one_per_name'
  );
}
