/** What people call somebody: `mara` for `user:default/mara`. */
export function nameOf(entityRef: string): string {
  return entityRef.slice(entityRef.lastIndexOf('/') + 1);
}
