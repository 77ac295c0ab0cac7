import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { PreviewRow } from './PreviewStore';

/** Tells teams about the end of their previews. */
export class PreviewNews {
  readonly #notifications: Pick<NotificationService, 'send'>;
  readonly #logger: LoggerService;

  constructor(options: {
    notifications: Pick<NotificationService, 'send'>;
    logger: LoggerService;
  }) {
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /** Answers whether it worked. */
  async ends(preview: PreviewRow, owner: string): Promise<boolean> {
    const { service, branch, expires_at: expiresAt } = preview;
    return this.#send(preview, owner, {
      title: `The preview of ${service} ${branch} ends at ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
      description: 'Extend it if you still look at it.',
    });
  }

  /** There are as many as may be. */
  async full(service: string, branch: string, owner: string, maximum: number) {
    return this.#send({ service, branch }, owner, {
      title: `${service} ${branch} got no preview`,
      description: `There are ${maximum} previews, and no more may be at once. Remove one that nobody looks at.`,
    });
  }

  async #send(
    { service, branch }: Pick<PreviewRow, 'service' | 'branch'>,
    owner: string,
    payload: { title: string; description: string },
  ): Promise<boolean> {
    try {
      await this.#notifications.send({
        recipients: { type: 'entity', entityRef: owner },
        payload: {
          ...payload,
          link: `/catalog/default/component/${service}/delivery`,
          severity: 'normal',
          topic: 'previews',
          scope: `preview:${service}:${branch}`,
        },
      });
      return true;
    } catch (error) {
      this.#logger.warn(
        `Nobody was told about the preview of ${service} ${branch}: ${error}`,
      );
      return false;
    }
  }
}
