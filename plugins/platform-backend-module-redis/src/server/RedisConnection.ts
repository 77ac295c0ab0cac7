import { ErrorReply } from '@redis/client';
import type { RedisClient } from './createRedisClient';

/** A user as the server describes it. */
export interface AclUser {
  /** `on` or `off`, `nopass`, and more. */
  flags: string[];
  /** SHA-256 of each valid password, in hexadecimal. */
  passwordHashes: string[];
  /** `+` and `-` rules of commands and categories, in the order in which they count. */
  commands: string;
  keys: string;
  channels: string;
  /** Further sets of rules beside the first. */
  selectors: string[];
}

/** Where the server keeps its users over a restart. */
export type UserStorage = 'acl-file' | 'configuration' | 'memory';

/** How many keys are looked at, and taken away, at a time: short enough that nobody else waits. */
const BATCH = 1000;

/** The commands that the provider needs, on one connection. */
export class RedisConnection {
  readonly #client: RedisClient;

  constructor(client: RedisClient) {
    this.#client = client;
  }

  async user(name: string): Promise<AclUser | undefined> {
    const user = await this.#client.aclGetUser(name);
    if (!user) {
      return undefined;
    }
    return {
      flags: user.flags,
      passwordHashes: user.passwords,
      commands: user.commands,
      keys: String(user.keys),
      channels: String(user.channels),
      selectors: (user.selectors ?? []).map(
        ({ commands, keys, channels }) =>
          `(${[commands, keys, channels].filter(Boolean).join(' ')})`,
      ),
    };
  }

  /** The commands and subcommands of a category, such as `config|get`. */
  async commandsOf(category: string): Promise<string[]> {
    return await this.#client.aclCat(category);
  }

  /** Makes a user or changes it: all rules at once, or none of them. */
  async setUser(name: string, rules: string[]): Promise<void> {
    await this.#client.aclSetUser(name, rules);
  }

  /** Takes a user away and ends its connections. */
  async deleteUser(name: string): Promise<void> {
    await this.#client.aclDelUser(name);
  }

  /** Ends a user's connections: a user who is switched off may otherwise go on with those that are open. */
  async disconnectUser(name: string): Promise<void> {
    await this.#client.sendCommand(['CLIENT', 'KILL', 'USER', name]);
  }

  /** Keeps users over a restart, where the server can. */
  async saveUsers(): Promise<UserStorage> {
    if (await this.#tryTo(() => this.#client.aclSave())) {
      return 'acl-file';
    }
    return (await this.#tryTo(() => this.#client.configRewrite()))
      ? 'configuration'
      : 'memory';
  }

  /** Takes every key with a prefix away, in all databases. Answers how many. */
  async removeKeys(prefix: string, signal: AbortSignal): Promise<number> {
    const keyspace = await this.#client.info('keyspace');
    const databases = [...keyspace.matchAll(/^db(\d+):/gm)].map(([, number]) =>
      Number(number),
    );
    let removed = 0;
    for (const database of databases) {
      await this.#client.select(database);
      const batches = this.#client.scanIterator({
        MATCH: `${escapePattern(prefix)}*`,
        COUNT: BATCH,
      });
      for await (const keys of batches) {
        signal.throwIfAborted();
        removed += keys.length > 0 ? await this.#client.unlink(keys) : 0;
      }
    }
    return removed;
  }

  /** Servers answer with an error where they have no such file, or no such command. */
  async #tryTo(command: () => Promise<unknown>): Promise<boolean> {
    try {
      await command();
      return true;
    } catch (error) {
      if (
        error instanceof ErrorReply &&
        /not configured to use an ACL file|without a config file|unknown command|^NOPERM/i.test(
          error.message,
        )
      ) {
        return false;
      }
      throw error;
    }
  }
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\*?[\]]/g, '\\$&');
}
