import { useApi } from '@backstage/frontend-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import {
  PLATFORM_SIGNAL_CHANNEL,
  type PlatformApi,
  type PlatformSignal,
} from '@slipway/plugin-platform-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { platformApiRef } from '@slipway/plugin-platform-react';

/** What was loaded, how that went, and how to load again. The last value stays while a newer is fetched. */
export interface PlatformData<T> {
  value?: T;
  error?: Error;
  retry(): void;
}

/** Signals come in bursts, one for each step of a run: wait for this long a silence, in milliseconds. */
const SETTLE_TIME = 150;

/** Signals sent while the connection was down are lost; look this often for them, in milliseconds. */
const POLL_INTERVAL = 30_000;

/**
 * Loads from the platform, and loads again whenever the platform signals one of the given changes.
 *
 * @param load - must be stable: wrap it in `useCallback`
 */
export function usePlatformData<T>(
  load: (platformApi: PlatformApi) => Promise<T>,
  changes: ReadonlyArray<PlatformSignal['type']>,
): PlatformData<T> {
  const platformApi = useApi(platformApiRef);
  const { lastSignal } = useSignal<PlatformSignal>(PLATFORM_SIGNAL_CHANNEL);
  const [state, setState] = useState<{ value?: T; error?: Error }>({});
  const newestRequest = useRef(0);

  const retry = useCallback(async () => {
    newestRequest.current += 1;
    const request = newestRequest.current;
    const settle = (update: { value?: T; error?: Error }) => {
      if (request === newestRequest.current) {
        setState(previous => ({ value: previous.value, ...update }));
      }
    };
    try {
      settle({ value: await load(platformApi), error: undefined });
    } catch (error) {
      settle({ error: error as Error });
    }
  }, [load, platformApi]);

  useEffect(() => {
    retry();
    const timer = setInterval(retry, POLL_INTERVAL);
    return () => {
      clearInterval(timer);
      newestRequest.current += 1;
    };
  }, [retry]);

  const isRelevant = lastSignal && changes.includes(lastSignal.type);
  useEffect(() => {
    if (!isRelevant) {
      return undefined;
    }
    const timer = setTimeout(retry, SETTLE_TIME);
    return () => clearTimeout(timer);
  }, [isRelevant, lastSignal, retry]);

  return { ...state, retry };
}
