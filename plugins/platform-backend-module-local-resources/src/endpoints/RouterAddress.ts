import { InputError } from '@backstage/errors';

/** What is reached at a host name of the local router, and where. */
export interface Address {
  /** `shop.localhost` */
  host: string;
  port: string;
  /** Without a slash at its end. */
  url: string;
}

/** Knows where the router of the local agent listens. */
export class RouterAddress {
  readonly #pattern: string;

  /** @param pattern - an address in which `{workload}` stands for the host name before `.localhost` */
  constructor(pattern: string) {
    if (!pattern.includes('{workload}')) {
      throw new InputError(
        `platform.localRuntime.routerUrl is "${pattern}", which has no {workload} in it. Use an address such as http://{workload}.localhost:7080.`,
      );
    }
    this.#pattern = pattern;
  }

  /** @param path - where its requests begin; from a pattern on, it is left out */
  of(label: string, path = '/'): Address {
    const url = new URL(this.#pattern.replace('{workload}', label));
    const [fixed] = path.split('*');
    return {
      host: url.hostname,
      port: url.port || (url.protocol === 'https:' ? '443' : '80'),
      url: new URL(fixed, url).href.replace(/\/$/, ''),
    };
  }
}
