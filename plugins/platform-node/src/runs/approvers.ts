/**
 * Who may approve, as a query of the catalog. It is resolved when the approval is asked for; membership of the teams it
 * names is looked at again when somebody decides.
 */
export type ApproverQuery =
  /** The team that owns the run's service. */
  | { role: 'owning-team' }
  /** The team that looks after the platform. */
  | { role: 'platform-team' }
  /** The person named as manager of the one who asks. */
  | { role: 'requester-manager' }
  /** The person who is on call for the owning team. */
  | { role: 'on-call' }
  /** A team or person by entity reference. */
  | { entityRef: string }
  /** Every user or team the filter finds: `{ kind: 'user', 'metadata.tags': 'release-manager' }`. */
  | { filter: Record<string, string | string[]> };
