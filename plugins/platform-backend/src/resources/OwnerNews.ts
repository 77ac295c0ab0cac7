import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Failure, Run } from '@slipway/plugin-platform-common';
import { describeChanges } from '../runs';
import { within } from '../time';
import { describeResource } from './names';
import type { ConnectionRow, ResourceRow } from './store/rows';

/** How long telling may take, in milliseconds. */
const PATIENCE_MS = 5_000;

/** Tells the owning team about its resources, each thing once: what is told again takes the place of what was told. Throws where it can't. */
export class OwnerNews {
  readonly #notifications: Pick<NotificationService, 'send'>;

  constructor(notifications: Pick<NotificationService, 'send'>) {
    this.#notifications = notifications;
  }

  async expires(
    row: ResourceRow & { expires_at: Date },
    connections: ConnectionRow[],
  ): Promise<void> {
    const services = [...new Set(connections.map(({ service }) => service))];
    await this.#tell(row, {
      about: 'expiry',
      title: `${describeResource(row)} expires at ${row.expires_at.toISOString()}`,
      description: `It is destroyed then${services.length ? `, and ${services.join(', ')} with it` : ''}. Extend it if you still need it.`,
    });
  }

  async drifted(row: ResourceRow): Promise<void> {
    const { missing = false, fields = [] } = row.drift ?? {};
    const what = describeResource(row);
    await this.#tell(row, {
      about: 'drift',
      title: missing
        ? `${what} is gone, though nobody destroyed it here`
        : `${what} was changed, though nobody changed it here`,
      description: `Reconciled, it would: ${describeChanges([
        { action: missing ? 'create' : 'change', what, fields },
      ])}.`,
    });
  }

  async inTrouble(row: ResourceRow & { warning: string }): Promise<void> {
    await this.#tell(row, {
      about: 'warning',
      title: `${describeResource(row)} needs you`,
      description: row.warning,
    });
  }

  /** A service that used it was deployed without it: its team decides what becomes of it. */
  async unused(row: ResourceRow, removal: Run): Promise<void> {
    await this.#tell(row, {
      about: 'unused',
      title: `${describeResource(row)} is not used any more`,
      description: `${row.service} was deployed without it. Start its removal, or discard that: until then it stays as it is.`,
      link: `/runs/${removal.id}`,
    });
  }

  /** What the platform began by itself did not come to a good end. */
  async notTakenAway(row: ResourceRow, failure: Failure): Promise<void> {
    await this.#tell(row, {
      about: 'failure',
      title: `${describeResource(row)} could not be taken away`,
      description: [failure.message, failure.hint].filter(Boolean).join(' '),
    });
  }

  async #tell(
    { id, owner }: ResourceRow,
    news: { about: string; title: string; description: string; link?: string },
  ): Promise<void> {
    const { about, title, description, link = `/resources/${id}` } = news;
    await within(
      PATIENCE_MS,
      this.#notifications.send({
        recipients: { type: 'entity', entityRef: owner },
        payload: {
          title,
          description,
          link,
          severity: 'high',
          topic: 'resources',
          scope: `resource:${id}:${about}`,
        },
      }),
    );
  }
}
