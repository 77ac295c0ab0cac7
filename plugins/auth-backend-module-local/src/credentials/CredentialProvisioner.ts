import type { LoggerService } from '@backstage/backend-plugin-api';
import type { UserDirectory } from '../users/UserDirectory';
import type { DatabaseCredentialStore } from './DatabaseCredentialStore';
import { generatePassword } from './generatePassword';
import type { PasswordFile } from './PasswordFile';
import type { PasswordHasher } from './PasswordHasher';

/** What provisioning needs. */
export interface CredentialProvisionerOptions {
  users: UserDirectory;
  credentials: DatabaseCredentialStore;
  passwordFile: PasswordFile;
  hasher: PasswordHasher;
  logger: LoggerService;
}

/**
 * Sees to it that exactly the declared users have a credential.
 *
 * A new password reaches the file before its hash reaches the database. A crash in between leaves a password that
 * the next start finds in the file and uses, so that none is ever in force that nobody was told.
 */
export class CredentialProvisioner {
  readonly #options: CredentialProvisionerOptions;

  constructor(options: CredentialProvisionerOptions) {
    this.#options = options;
  }

  async provision(): Promise<void> {
    const { users, credentials } = this.#options;
    const declared = await users.list();
    await credentials.withLock(async () => {
      const existing = new Set(await credentials.listUsers());
      await this.#remove([...existing].filter(ref => !declared.includes(ref)));
      await this.#add(declared.filter(ref => !existing.has(ref)));
    });
  }

  async #remove(userRefs: string[]): Promise<void> {
    if (userRefs.length === 0) {
      return;
    }
    const { credentials, passwordFile, logger } = this.#options;
    await passwordFile.remove(userRefs);
    await credentials.remove(userRefs);
    logger.info(`Removed the passwords of ${userRefs.join(', ')}`);
  }

  async #add(userRefs: string[]): Promise<void> {
    if (userRefs.length === 0) {
      return;
    }
    const { credentials, passwordFile, hasher, logger } = this.#options;
    const handedOver = await passwordFile.read();
    const passwords = new Map(
      userRefs.map(ref => [ref, handedOver.get(ref) ?? generatePassword()]),
    );
    await passwordFile.add(passwords);
    for (const [userRef, password] of passwords) {
      await credentials.addMissing(userRef, await hasher.hash(password));
    }
    logger.info(`Generated passwords for ${userRefs.join(', ')}`);
  }
}
