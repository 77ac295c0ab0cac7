import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Deployment } from '@slipway/plugin-platform-common';
import { DEPLOY_RUN_KIND } from '../deployments';
import { PIPELINE_RUN_KIND, type StoredPipeline } from '../pipelines';
import type { UnhandledEnd } from '../runs';

/** Kinds whose end is told in their own words. */
const TOLD_OTHERWISE = [PIPELINE_RUN_KIND, DEPLOY_RUN_KIND];
const ENDS = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  undone: 'was undone',
};

/** Tells the person who started something how it ended, with a link to where it can be seen. */
export class RunNotifier {
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /** A green pipeline says nothing: the deployment it started will. */
  async pipelineEnded(pipeline: StoredPipeline): Promise<void> {
    const commit = `${pipeline.service} ${pipeline.commit.sha.slice(0, 7)}`;
    if (pipeline.state === 'failed') {
      await this.#send(pipeline, {
        title: `${commit} was not deployed`,
        description: pipeline.failure?.message ?? 'Its pipeline failed.',
        severity: 'high',
      });
    } else if (
      pipeline.state === 'succeeded' &&
      !(pipeline.onDefaultBranch && pipeline.artifact)
    ) {
      await this.#send(pipeline, {
        title: `The pipeline of ${commit} succeeded`,
        severity: 'normal',
      });
    }
  }

  /** Bad news, and news of where not every push goes, are the whole team's. */
  async deploymentEnded(
    deployment: Deployment,
    { owner, isRoutine }: { owner: string | undefined; isRoutine: boolean },
  ): Promise<void> {
    const { service, environment, release, state, previous } = deployment;
    const what = `${service} v${release.number}`;
    const team = owner ? [owner] : [];
    if (state === 'rolled-back') {
      await this.#send(
        deployment,
        {
          title: `${what} was rolled back in ${environment}${previous ? `: v${previous.release} serves again` : ''}`,
          description: deployment.failure?.message,
          severity: 'high',
        },
        team,
      );
    } else if (state === 'failed') {
      await this.#send(
        deployment,
        {
          title: `${what} did not reach ${environment}`,
          description: deployment.failure?.message ?? 'Its deployment failed.',
          severity: 'high',
        },
        team,
      );
    } else if (state === 'serving') {
      await this.#send(
        deployment,
        {
          title: `${what} serves in ${environment}`,
          description: deployment.url ?? '',
          severity: 'normal',
        },
        isRoutine ? [] : team,
      );
    }
  }

  /** The end of a run of any kind that has no words of its own. */
  async runEnded(end: UnhandledEnd): Promise<void> {
    if (!TOLD_OTHERWISE.includes(end.kind)) {
      await this.#send(end, {
        title: `${end.title} ${ENDS[end.state]}`,
        description: end.failure?.message,
        severity: end.state === 'failed' ? 'high' : 'normal',
      });
    }
  }

  async #send(
    about: { runId: string; requestedBy: string },
    payload: {
      title: string;
      description?: string;
      severity: 'high' | 'normal';
    },
    others: string[] = [],
  ): Promise<void> {
    const { requestedBy } = about;
    const entityRef = [
      ...(requestedBy.startsWith('user:') ? [requestedBy] : []),
      ...others,
    ];
    if (entityRef.length === 0) {
      return;
    }
    try {
      await this.#notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: {
          ...payload,
          link: `/runs/${about.runId}`,
          topic: 'runs',
          // The end of a run is told once, also when it is handled again after a crash.
          scope: `run:${about.runId}`,
        },
      });
    } catch (error) {
      this.#logger.warn(
        `Nobody was told that run ${about.runId} has ended: ${error}`,
      );
    }
  }
}
