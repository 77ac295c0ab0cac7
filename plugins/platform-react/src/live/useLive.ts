import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  PLATFORM_SIGNAL_CHANNEL,
  type PlatformSignal,
} from '@slipway/plugin-platform-common';
import { useCallback, useEffect, useRef, useState } from 'react';

/** How often to look again without a signal: signals may be missed, so they are never the only way. */
const SAFETY_POLL_MS = 15_000;

/** Something loaded that stays current by itself. */
export interface Live<T> {
  /** The newest that was loaded; kept while it is loaded again, and when that fails. */
  data?: T;
  /** Why the last attempt failed; gone with the next that works. */
  error?: Error;
  /** Whether the first attempt is still under way. */
  loading: boolean;
  /** Loads it again now. */
  refresh(): void;
}

/** What to load, and when it is out of date. */
export interface LiveOptions<T, S extends object = PlatformSignal> {
  /** Names what is loaded: a change drops the old data and starts anew. */
  key: string;
  query(options: { signal: AbortSignal }): Promise<T>;
  /** The channel that carries the signals: the platform's where left out. */
  channel?: string;
  /** Whether a signal says that what was loaded has changed. */
  matches(signal: S): boolean;
}

interface State<T> {
  key: string;
  data?: T;
  error?: Error;
  settled: boolean;
}

/**
 * Loads something and loads it again when a matching signal arrives, when the browser comes back online or
 * into view, and every 15 s to be safe. At most one request is under way; a change that is
 * announced meanwhile leads to exactly one more.
 */
export function useLive<T, S extends object = PlatformSignal>(
  options: LiveOptions<T, S>,
): Live<T> {
  const { key, channel = PLATFORM_SIGNAL_CHANNEL } = options;
  const signalApi = useApiHolder().get(signalApiRef);
  const latest = useRef(options);
  const refresh = useRef<() => void>(() => undefined);
  const [state, setState] = useState<State<T>>({ key, settled: false });

  useEffect(() => {
    latest.current = options;
  });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let busy = false;
    let again = false;

    const load = async () => {
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      do {
        again = false;
        try {
          const data = await latest.current.query({ signal });
          if (!signal.aborted) {
            setState({ key, data, settled: true });
          }
        } catch (error) {
          if (!signal.aborted) {
            setState(old => ({
              key,
              data: old.key === key ? old.data : undefined,
              error: error instanceof Error ? error : new Error(String(error)),
              settled: true,
            }));
          }
        }
      } while (again && !signal.aborted);
      busy = false;
    };

    const loadIfVisible = () => {
      if (document.visibilityState === 'visible') {
        load();
      }
    };

    refresh.current = load;
    load();
    const subscription = signalApi?.subscribe(channel, message => {
      if (latest.current.matches(message as unknown as S)) {
        load();
      }
    });
    const timer = setInterval(loadIfVisible, SAFETY_POLL_MS);
    window.addEventListener('online', load);
    document.addEventListener('visibilitychange', loadIfVisible);
    return () => {
      controller.abort();
      subscription?.unsubscribe();
      clearInterval(timer);
      window.removeEventListener('online', load);
      document.removeEventListener('visibilitychange', loadIfVisible);
    };
  }, [key, channel, signalApi]);

  const current = state.key === key ? state : undefined;
  return {
    data: current?.data,
    error: current?.error,
    loading: !current?.settled,
    refresh: useCallback(() => refresh.current(), []),
  };
}
