import type { MergeRequestDetail } from '@slipway/plugin-platform-common';
import {
  type Forge,
  OperationFailedError,
  type StepContext,
  type Wait,
} from '@slipway/plugin-platform-node';
import { nameOf } from '../access';
import { lookAgain } from './lookAgain';
import type { MoveInput } from './moveInput';
import type { Asked, Found, FoundRepository, Moved } from './types';
import { withOwner } from './withOwner';

/** The file that declares what a repository is. */
export const ENTITY_FILE = 'catalog-info.yaml';

type Context = StepContext<MoveInput>;

/** Changes entity files by merge requests, on behalf of who accepted the move. */
export class EntityFiles {
  readonly #forge: Forge;

  constructor(options: { forge: Forge }) {
    this.#forge = options.forge;
  }

  /** The same again, however often it is called within a run. */
  async propose(
    context: Context,
    { repositories }: Found,
  ): Promise<{ asked: Asked[] }> {
    const asked: Asked[] = [];
    for (const repository of repositories) {
      const proposed = await this.#propose(context, repository);
      asked.push(...proposed);
    }
    return { asked };
  }

  /** `undefined` once all of them can be merged, or are. */
  async waitForGreen(
    context: Context,
    asked: Asked[],
  ): Promise<Wait | undefined> {
    for (const one of asked) {
      const found = await this.#require(one);
      const [inTheWay] = found.blockers.filter(({ kind }) => kind !== 'review');
      if (inTheWay?.kind === 'pipeline' && isUnderWay(found)) {
        return lookAgain(
          context,
          `the pipeline of !${one.number} of ${one.repository}`,
          'Look at its pipeline, mend it, and retry this run.',
        );
      }
      if (inTheWay || found.state === 'closed') {
        throw new OperationFailedError({
          message: `!${one.number} of ${one.repository} can't be merged. ${inTheWay?.message ?? 'Somebody closed it.'}`,
          hint: 'Mend that, and retry this run; or undo it.',
        });
      }
      context.log(`!${one.number} of ${one.repository} is green.`);
    }
    return undefined;
  }

  async merge({ input: { by } }: Context, asked: Asked[]): Promise<Moved> {
    for (const { repository, number, sha } of asked) {
      await this.#forge.mergeAgreed(repository, number, { by, sha });
    }
    return {
      touched: asked.map(
        ({ repository, number }) =>
          `${ENTITY_FILE} of ${repository}: changed by merge request !${number}.`,
      ),
    };
  }

  /** Those of this run that are open. */
  async close({ runId, input: { by } }: Context): Promise<void> {
    const open = await this.#forge.openMergeRequests();
    for (const { repository, number } of open.filter(({ sourceBranch }) =>
      sourceBranch.startsWith(branchOf(runId)),
    )) {
      await this.#forge.closeMergeRequest(repository, number, { by });
    }
  }

  async #propose(
    { runId, input, log }: Context,
    { name, to, entities }: FoundRepository,
  ): Promise<Asked[]> {
    const repository = await this.#forge.findRepository(name);
    const { head } = repository ?? {};
    const text =
      head && (await this.#forge.readFile(name, head.sha, ENTITY_FILE));
    if (!text) {
      throw new OperationFailedError({
        message: `${name} has no ${ENTITY_FILE}, or it can't be read.`,
        hint: 'Mend it, and retry this run.',
      });
    }
    const changed = entities.reduce(
      (before, { entityRef }) => withOwner(before, entityRef, to),
      text,
    );
    if (changed === text) {
      log(`${ENTITY_FILE} of ${name} says so already.`);
      return [];
    }
    const { number, sha } = await this.#forge.proposeChange({
      repository: name,
      branch: `${branchOf(runId)}${nameOf(to)}`,
      title: `Let ${nameOf(to)} own ${entities.map(({ entityRef }) => nameOf(entityRef)).join(', ')}`,
      description: `${input.title}. Both teams have agreed to it.`,
      author: input.by,
      files: [{ path: ENTITY_FILE, text: changed }],
    });
    log(`Opened !${number} of ${name}.`);
    return [{ repository: name, number, sha }];
  }

  async #require({ repository, number }: Asked): Promise<MergeRequestDetail> {
    const found = await this.#forge.findMergeRequest(repository, number);
    if (!found) {
      throw new OperationFailedError({
        message: `${repository} has no merge request !${number} any more.`,
        hint: 'Undo this run, and accept the transfer again.',
      });
    }
    return found;
  }
}

/** What the branches of a run begin with. */
function branchOf(runId: string): string {
  return `ownership-${runId.slice(0, 8)}-`;
}

/** Whether its pipeline may still become green by itself. */
function isUnderWay({ status }: MergeRequestDetail): boolean {
  return !status || status.state === 'queued' || status.state === 'running';
}
