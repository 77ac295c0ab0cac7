import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { FindingRow, FindingStore } from './FindingStore';

/** How many owners one call tells at most. */
const BATCH = 100;

/** Tells owners what keeps their files from being read: at least once, and notifications of the same finding replace each other. */
export class FindingNews {
  readonly #findings: Pick<FindingStore, 'untold' | 'told'>;
  readonly #notifications: Pick<NotificationService, 'send'>;
  readonly #logger: LoggerService;

  constructor(options: {
    findings: Pick<FindingStore, 'untold' | 'told'>;
    notifications: Pick<NotificationService, 'send'>;
    logger: LoggerService;
  }) {
    this.#findings = options.findings;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /** What fails is logged, and told by a later call. */
  async tell(): Promise<void> {
    for (const finding of await this.#findings.untold(BATCH)) {
      try {
        if (finding.state !== 'closed' && finding.owner) {
          await this.#send(finding, finding.owner);
        }
        await this.#findings.told(finding.id);
      } catch (error) {
        this.#logger.warn(
          `${finding.owner} was not told of ${finding.key}, and will be later: ${error}`,
        );
        return;
      }
    }
  }

  async #send(
    { id, entity_ref: entityRef, evidence }: FindingRow,
    owner: string,
  ): Promise<void> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: owner },
      payload: {
        title: `The catalog can’t read the file of ${name}`,
        description: evidence.join(' '),
        link: `/catalog/${namespace}/${kind}/${name}/ownership`,
        severity: 'high',
        topic: 'ownership',
        scope: `finding:${id}`,
      },
    });
  }
}
