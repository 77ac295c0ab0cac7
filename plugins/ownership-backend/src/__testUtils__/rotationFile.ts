/** A rotation of payments as a file has it; its people stand in line 9. */
export function rotationFile(name: string, people: string): string {
  return `apiVersion: slipway.dev/v1
kind: OnCallRotation
metadata:
  name: ${name}
spec:
  team: payments
  timeZone: Europe/Berlin
  layers:
    - { name: primary, people: ${people}, rotation: weekly, handOver: { day: mon, time: '09:00' }, start: '2026-11-02' }
`;
}
