import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { RepositoryAnnouncer } from '../repositories/RepositoryAnnouncer';

/** What a piece of news is about. */
export interface Subject {
  repository: string;
  number: number;
  title: string;
  author: string;
  owner: string;
}

/** Tells people about merge requests that concern them, and pages that show them. */
export class MergeRequestNews {
  readonly #notifications: Pick<NotificationService, 'send'>;
  readonly #announcer: RepositoryAnnouncer;
  readonly #logger: LoggerService;

  constructor(options: {
    notifications: Pick<NotificationService, 'send'>;
    announcer: RepositoryAnnouncer;
    logger: LoggerService;
  }) {
    this.#notifications = options.notifications;
    this.#announcer = options.announcer;
    this.#logger = options.logger;
  }

  async opened(subject: Subject): Promise<void> {
    await this.#tell(subject, {
      to: subject.owner,
      except: subject.author,
      title: `${nameOf(subject.author)} asks for a review of ${labelOf(subject)}`,
    });
  }

  /** @param what - "approved", "commented on" and the like */
  async said(subject: Subject, by: string, what: string): Promise<void> {
    await this.#tell(subject, {
      to: subject.author,
      except: by,
      title: `${nameOf(by)} ${what} ${labelOf(subject)}`,
    });
  }

  /** It is as somebody left it; only pages are told. */
  async changed(subject: Pick<Subject, 'repository'>): Promise<void> {
    await this.#announcer.announce(subject.repository, 'merge-request');
  }

  async #tell(
    subject: Subject,
    news: { to: string; except: string; title: string },
  ): Promise<void> {
    await this.changed(subject);
    if (news.to === news.except) {
      return;
    }
    const { repository, number, title } = subject;
    try {
      await this.#notifications.send({
        recipients: {
          type: 'entity',
          entityRef: news.to,
          excludeEntityRef: news.except,
        },
        payload: {
          title: news.title,
          description: title,
          link: `/repositories/${repository}/merge-requests/${number}`,
          severity: 'normal',
          topic: 'merge-requests',
          scope: `merge-request:${repository}:${number}`,
        },
      });
    } catch (error) {
      this.#logger.warn(`Nobody was told about ${labelOf(subject)}: ${error}`);
    }
  }
}

function labelOf({ repository, number }: Subject): string {
  return `${repository}!${number}`;
}

function nameOf(ref: string): string {
  return parseEntityRef(ref).name;
}
