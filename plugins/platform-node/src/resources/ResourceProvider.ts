import type { FieldChange } from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import type { ZodType } from 'zod';
import type { OperationContext } from '../context';

/** One resource, as its provider is told of it. */
export interface ProvidedResource<TParameters extends JsonObject = JsonObject> {
  /** A UUID that never changes: make the names of things outside from it, not from `name` alone. */
  id: string;
  /** What people call it; unique in its environment. Lower-case letters, digits, hyphens and dots, at most 63 bytes. */
  name: string;
  environment: string;
  /** The entity reference of the team it belongs to. */
  owner: string;
  service?: string;
  /** What it shall be, checked and completed by the provider's own schema. */
  parameters: TParameters;
  /** All outputs of the last `apply`, `issue`, `restore` or `adopt`, the secret ones too; empty before the first. */
  outputs: Record<string, string>;
  /** What the provider asked to remember with them. Never secret. */
  state: JsonObject;
}

/** What is there. */
export interface Observation {
  exists: boolean;
  /** What can be compared with what was asked for; no secrets. */
  attributes: JsonObject;
  /** What is wrong with it although it is what was asked for, and what to do: it is full. Its owner is told once. */
  warning?: string;
}

/** What `apply` would do. */
export interface ResourcePlan {
  action: 'none' | 'create' | 'update' | 'replace';
  /** Field by field; empty with `none`. */
  fields: FieldChange[];
}

/** What a resource offers once it is there. */
export interface AppliedResource {
  /** Every output that the provider declares. */
  outputs: Record<string, string>;
  /** Remembered, and given back in {@link ProvidedResource.state}. At most 64 kB of JSON, and never secret. */
  state?: JsonObject;
}

/** What a provider is given while it acts. */
export interface ProviderContext extends OperationContext {
  /**
   * A random password of 32 letters and digits, the same for the same name and idempotency key: what was half done with it is
   * finished with it after a crash. It is redacted from everything the run says.
   */
  password(name: string): Promise<string>;
  /** Redacts another value from everything the run says. Await it before the value can reach a log. */
  secret(value: string): Promise<void>;
}

/** What a provider says of an output. */
export interface OutputDeclaration {
  description: string;
  /** Encrypted at rest, given to workloads only, redacted everywhere. */
  secret?: boolean;
}

/**
 * Makes resources of one type in one way. Everything that acts is idempotent: it may be called again after a crash anywhere, with the same
 * idempotency key, and then completes what was begun. Throw `OperationFailedError` where trying again won't help, any other error
 * where it may. The contract is tested by `resourceProviderContract` from `testUtils`.
 */
export interface ResourceProvider<TParameters extends JsonObject = JsonObject> {
  /** Unique: what definitions name. */
  readonly name: string;
  /** The resource type it makes: `postgres`. */
  readonly type: string;
  /** What people call one: `PostgreSQL database`. */
  readonly title: string;
  readonly description: string;
  /** What can be asked for, with defaults. Bad parameters are refused by it, so that nothing is planned with them. */
  readonly parameters: ZodType<TParameters>;
  readonly outputs: Record<string, OutputDeclaration>;
  /** What one act may take, in milliseconds. Left out: 5 minutes. */
  readonly timeoutMs?: number;

  /**
   * What `apply` would do, from what is asked for and what is there. Changes nothing; the same arguments give the same plan.
   * `observation` is missing where nothing was made yet.
   */
  plan(
    resource: ProvidedResource<TParameters>,
    observation: Observation | undefined,
    context: Pick<OperationContext, 'signal'>,
  ): Promise<ResourcePlan>;

  /** Looks at what is there. Never changes anything. Throws where it can't be looked at, which is no drift. */
  observe(
    resource: ProvidedResource<TParameters>,
    context: Pick<OperationContext, 'signal'>,
  ): Promise<Observation>;

  /** Makes it what it shall be, whatever is there. Credentials that exist stay as they are. */
  apply(
    resource: ProvidedResource<TParameters>,
    context: ProviderContext,
  ): Promise<AppliedResource>;

  /** Takes it away for good. Succeeds where it is gone already. */
  destroy(
    resource: ProvidedResource<TParameters>,
    context: ProviderContext,
  ): Promise<void>;

  /** Where data could be lost: takes access away and keeps the data, then gives access back. */
  readonly softDelete?: {
    /** Nobody can use it, and its name is free. Succeeds where that is so already. */
    suspend(
      resource: ProvidedResource<TParameters>,
      context: ProviderContext,
    ): Promise<void>;
    restore(
      resource: ProvidedResource<TParameters>,
      context: ProviderContext,
    ): Promise<AppliedResource>;
  };

  /** Where credentials can be changed while they are used: two are valid between `issue` and `revoke`. */
  readonly rotation?: {
    /** Makes a second credential and answers the outputs with it; the one in `resource.outputs` stays valid. */
    issue(
      resource: ProvidedResource<TParameters>,
      context: ProviderContext,
    ): Promise<AppliedResource>;
    /** Ends every credential but the one in `resource.outputs`. */
    revoke(
      resource: ProvidedResource<TParameters>,
      context: ProviderContext,
    ): Promise<void>;
  };

  /** The parameters that would make what is there what was asked for; `undefined` where none would. */
  acceptDrift?(
    resource: ProvidedResource<TParameters>,
    observation: Observation,
  ): TParameters | undefined;

  /** Where what exists can be taken under the platform's care. */
  readonly adoption?: {
    /** What says which one: a database's name. */
    readonly existing: ZodType<JsonObject>;
    /** What is taken over, with the parameters that describe it as it is. Throws `InputError` where there is no such thing. */
    find(
      existing: JsonObject,
      context: Pick<OperationContext, 'signal'>,
    ): Promise<{ what: string; parameters: TParameters }>;
    adopt(
      resource: ProvidedResource<TParameters>,
      existing: JsonObject,
      context: ProviderContext,
    ): Promise<AppliedResource>;
    /**
     * Lets go of what was adopted, wholly or half, so that it can be adopted again; its data and those who use it stay. Left out where
     * `adopt` leaves nothing behind that would be in the way.
     */
    release?(
      resource: ProvidedResource<TParameters>,
      existing: JsonObject,
      context: ProviderContext,
    ): Promise<void>;
  };
}

/** Keeps the parameters' type while a provider is written, then hides it from the platform. */
export function createResourceProvider<TParameters extends JsonObject>(
  provider: ResourceProvider<TParameters>,
): ResourceProvider {
  return provider as unknown as ResourceProvider;
}
