import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** Takes back what somebody had who isn't in the catalog any more: access, and what waits for them. */
export interface LeaverHandler {
  /**
   * May be called again, and does nothing twice. Where it throws, it is called again later.
   *
   * @param leaver - `person`: a user reference. `teams`: the group references of the teams they were in
   * @returns what was taken back, as sentences
   */
  left(leaver: { person: string; teams: string[] }): Promise<string[]>;
}

/** Where modules say what else is to be done when somebody left. */
export interface LeaverHandlerExtensionPoint {
  addHandler(handler: LeaverHandler): void;
}

/** See {@link LeaverHandlerExtensionPoint}. */
export const leaverHandlerExtensionPoint =
  createExtensionPoint<LeaverHandlerExtensionPoint>({
    id: 'ownership.leaver-handler',
  });
