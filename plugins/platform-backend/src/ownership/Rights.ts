import type { Forge } from '@slipway/plugin-platform-node';
import { nameOf } from '../access';
import type { OwnerStore } from './OwnerStore';
import type { Found, FoundRepository, Moved } from './types';

/** Who may push, and whose a service is with all that belongs to it. */
export class Rights {
  readonly #forge: Pick<Forge, 'setOwner'>;
  readonly #store: OwnerStore;

  constructor(options: { forge: Pick<Forge, 'setOwner'>; store: OwnerStore }) {
    this.#forge = options.forge;
    this.#store = options.store;
  }

  /** May be called again. */
  async move({ repositories, resources }: Found): Promise<Moved> {
    const touched: string[] = [];
    for (const repository of repositories) {
      touched.push(...(await this.#moveRepository(repository)));
    }
    for (const { id, entityRef, to } of resources) {
      await this.#store.moveResource(id, to);
      touched.push(`${entityRef}: ${nameOf(to)} has it, with its secrets.`);
    }
    return { touched };
  }

  async moveBack({ repositories, resources }: Found): Promise<void> {
    for (const { name, from } of repositories) {
      if (from) {
        await this.#forge.setOwner(name, from);
        await this.#store.moveService(name, from);
      }
    }
    for (const { id, from } of resources) {
      await this.#store.moveResource(id, from);
    }
  }

  async #moveRepository({
    name,
    from,
    to,
  }: FoundRepository): Promise<string[]> {
    if (!from) {
      return [];
    }
    await this.#forge.setOwner(name, to);
    const { resources, runs, approvals } = await this.#store.moveService(
      name,
      to,
    );
    const [team, before] = [to, from].map(nameOf);
    return [
      `repository ${name}: ${team} may push and review, ${before} no more.`,
      `service ${name}: ${team} deploys it, and has its configuration and secrets.`,
      ...(resources > 0
        ? [`resources of ${name}: ${resources} went along.`]
        : []),
      ...(runs > 0 ? [`runs of ${name} that go on: ${runs} went along.`] : []),
      ...(approvals > 0
        ? [`approvals that wait: ${approvals} went to ${team}.`]
        : []),
    ];
  }
}
