/** What the `spec.type` of a component has to be for the platform to build and run it: workers and scheduled jobs are services, too. */
const SERVICE_TYPES: readonly unknown[] = ['service', 'website'];

/** Whether components of such a `spec.type` are what the platform builds and runs. */
export function isServiceType(type: unknown): boolean {
  return SERVICE_TYPES.includes(type);
}
