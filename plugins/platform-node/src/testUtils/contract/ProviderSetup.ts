import type { JsonObject } from '@backstage/types';
import type { ProvidedResource, ResourceProvider } from '../../resources';

/**
 * A provider and the world it acts on, as the contract's cases need them. What is called "by hand" goes past the provider: it is what
 * somebody does who knows nothing of the platform, and what the provider is judged by.
 */
export interface ProviderSetup {
  provider: ResourceProvider;
  /** What can be asked for. */
  parameters: JsonObject;
  /** Something else that can be asked for. */
  changed: JsonObject;
  /** Something else again, that can't be had without losing data; left out where there is no such thing. */
  losing?: JsonObject;
  /** What is refused: in words, the parameters, and a part of the message. */
  bad: Array<[what: string, parameters: JsonObject, message: string]>;

  /**
   * Changes by hand what is there, in a way that `acceptDrift` can accept where the provider has it. Answers the field that the plan
   * has to name.
   */
  drift(resource: ProvidedResource): Promise<string>;
  /** Takes it away by hand. */
  remove(resource: ProvidedResource): Promise<void>;
  /** How many there are of it, by a look of its own at everything that could be it: 0 is gone, 2 is made twice. */
  count(resource: ProvidedResource): Promise<number>;
  /**
   * The same provider on the same world, in a process of its own that dies: its first `effects` changes of the world happen, and where
   * the next would, an error is thrown. The cases raise `effects` from 0 until the provider gets to its end.
   */
  dying(effects: number): ResourceProvider;

  /** Whether its outputs let somebody in; needed with the abilities `restore` and `rotate`. */
  isUsable?(resource: ProvidedResource): Promise<boolean>;
  /** What is kept in it; needed with the abilities `restore` and `adopt`. */
  data?: {
    write(resource: ProvidedResource): Promise<void>;
    isThere(resource: ProvidedResource): Promise<boolean>;
  };
  /** Needed with the ability `adopt`. */
  existing?: {
    /** Makes one by hand, with the data that `data.isThere` looks for. Answers what says which one. */
    make(): Promise<JsonObject>;
    /** What says one that isn't there. */
    missing: JsonObject;
  };

  /** Takes everything away that the case may have left. */
  cleanUp(): Promise<void>;
}

/** A part of the setup that a case of an ability can't do without. */
export function needed<T>(part: T | undefined, name: string): T {
  if (part === undefined) {
    throw new Error(
      `The setup has no "${name}", which the provider's abilities need to be tested.`,
    );
  }
  return part;
}
