import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** One entity was seen to call another. */
export interface SeenCall {
  /** The entity reference of what called. */
  from: string;
  to: string;
  /** When that was seen last; ISO 8601. */
  at: string;
}

/** Sees what calls what while it runs. */
export interface CallSource {
  calls(): Promise<SeenCall[]>;
}

/** Where a module says who sees calls. Without one, dependencies are those that are declared or provisioned. */
export interface CallSourceExtensionPoint {
  addSource(source: CallSource): void;
}

/** See {@link CallSourceExtensionPoint}. */
export const callSourceExtensionPoint =
  createExtensionPoint<CallSourceExtensionPoint>({
    id: 'ownership.call-source',
  });
