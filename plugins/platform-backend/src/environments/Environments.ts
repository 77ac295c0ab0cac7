import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  DefinitionProblem,
  Environment,
  EnvironmentsView,
  Explanation,
  FreezeWindow,
  ResourceDefinition,
  ResourceMatch,
  ResourceOffer,
} from '@slipway/plugin-platform-common';
import { previewBase } from '@slipway/plugin-platform-common';
import {
  didYouMean,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { isDeepStrictEqual } from 'node:util';
import { describeChanges } from './describeChanges';
import { desiredParameters } from './desiredParameters';
import { explain } from './explain';
import { freezeAt } from './freezes';
import { listed } from './limits';
import type { SourceFile } from './Located';
import { offersOf } from './offers';
import {
  type EnvironmentsReading,
  listProblems,
  readEnvironments,
} from './readEnvironments';
import { requireDefinition, requireType } from './requireDefinition';

/** What listeners of {@link Environments} are told. */
export interface EnvironmentsNews {
  /** What counts now and didn't before, in words; empty where only the problems are others. */
  changes: string[];
  problems: DefinitionProblem[];
}

/**
 * The environments and resource definitions as they count now. They change while the portal runs: ask each time, keep nothing. What
 * is not valid never counts; what counted before it goes on counting.
 */
export class Environments {
  readonly #providers: readonly ResourceProvider[] | undefined;
  readonly #listeners = new Set<(news: EnvironmentsNews) => void>();
  #reading: EnvironmentsReading;
  #problems: DefinitionProblem[] = [];
  #readAt = new Date();

  /**
   * Throws `InputError` that lists every problem in them.
   *
   * @param providers - those that are installed; left out, definitions aren't held against them
   */
  constructor(
    files: readonly SourceFile[],
    providers?: readonly ResourceProvider[],
  ) {
    this.#providers = providers;
    this.#reading = readEnvironments(files, providers);
    if (this.#reading.problems.length > 0) {
      throw new InputError(
        `The environments and resource definitions are not valid (npm run validate checks them without a start):\n${listProblems(this.#reading.problems)}`,
      );
    }
  }

  /** Takes newer files: from now on they count, or it is shown what keeps them from counting. */
  take(files: readonly SourceFile[]): void {
    const reading = readEnvironments(files, this.#providers);
    const changes =
      reading.problems.length > 0
        ? []
        : describeChanges(this.#reading, reading);
    if (reading.problems.length === 0) {
      this.#reading = reading;
      this.#readAt = new Date();
    }
    const { problems } = reading;
    const isNews =
      changes.length > 0 || !isDeepStrictEqual(problems, this.#problems);
    this.#problems = problems;
    if (isNews) {
      this.#listeners.forEach(listener => listener({ changes, problems }));
    }
  }

  /** In the order of promotion. */
  all(): Environment[] {
    return this.#reading.environments;
  }

  /** Also of a preview, whose name says what it is cloned from; `undefined` where that takes no previews. */
  get(name: string): Environment | undefined {
    const declared = this.all().find(environment => environment.name === name);
    return declared ?? this.#preview(name);
  }

  #preview(name: string): Environment | undefined {
    const base = previewBase(name);
    const { previews, ...cloned } =
      this.all().find(environment => environment.name === base) ?? {};
    return previews && base !== undefined && 'name' in cloned
      ? {
          ...cloned,
          name,
          base,
          title: `Preview ${name.slice(name.lastIndexOf('preview') + 'preview'.length)}`,
          autoDeploy: true,
          protected: false,
          rollout: { strategy: 'blue-green', steps: [], bakeMs: 0 },
        }
      : undefined;
  }

  /** Throws `InputError` that says which there are. */
  require(name: string): Environment {
    const environment = this.get(name);
    const base = previewBase(name);
    if (!environment && base !== undefined) {
      throw new InputError(
        `environment: the preview ${name} was cloned from ${base}, which takes no previews any more. It is removed.`,
      );
    }
    if (!environment) {
      const names = this.all().map(known => known.name);
      throw new InputError(
        `environment: there is no environment "${name}".${didYouMean(name, names)} There are: ${listed(names)}.`,
      );
    }
    return environment;
  }

  /** The window in which an environment is frozen at a time. */
  frozen(environment: string, at: Date): FreezeWindow | undefined {
    return freezeAt(this.#reading.freezes, environment, at);
  }

  definitions(): ResourceDefinition[] {
    return this.#reading.definitions;
  }

  /**
   * The most specific definition for what is asked for. Throws `InputError` that says which types, classes and environments there
   * are where there is none.
   */
  match(request: ResourceMatch): ResourceDefinition {
    return requireDefinition(this.definitions(), this.#standing(request));
  }

  /** Why that definition, and none of the others. Throws `InputError` where there is no such type or environment. */
  explain(request: ResourceMatch): Explanation {
    const standing = this.#standing(request);
    requireType(this.definitions(), request.type);
    return explain(this.definitions(), standing);
  }

  /** A preview gets what its base gets. */
  #standing(request: ResourceMatch): ResourceMatch {
    const { name, base } = this.require(request.environment);
    return { ...request, environment: base ?? name };
  }

  /** See {@link desiredParameters}. */
  desiredParameters(
    definition: ResourceDefinition,
    asked: JsonObject,
  ): JsonObject {
    return desiredParameters(definition, asked);
  }

  /** What anybody can ask for of a type. */
  offers(type: string): ResourceOffer[] {
    return offersOf(type, this.definitions(), this.all());
  }

  view(): Omit<EnvironmentsView, 'pending'> {
    return {
      environments: this.all(),
      definitions: this.definitions(),
      freezes: this.#reading.freezes,
      readAt: this.#readAt.toISOString(),
      problems: this.#problems,
    };
  }

  /** Tells the listener whenever something else counts, or is wrong; answers how to stop that. */
  onChange(listener: (news: EnvironmentsNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
