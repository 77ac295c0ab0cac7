import { ResponseError } from '@backstage/errors';
import { useCallback, useEffect, useRef, useState } from 'react';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/** How a stream is doing. */
export interface Follow {
  state: 'connecting' | 'live' | 'ended';
  /** Why it isn't live; gone once it is again. */
  error?: Error;
  /** Starts over, whatever the state. */
  restart(): void;
}

/** What to follow. */
export interface FollowOptions<T> {
  /** Names the stream: a change closes the old one and opens another. `undefined` opens none. */
  key: string | undefined;
  open(signal: AbortSignal): AsyncIterable<T>;
  onEvent(event: T): void;
  /** Whether an event is the last of its stream; a stream that closes without one is opened again. */
  isLast?(event: T): boolean;
}

/**
 * Reads a stream until it ends, and connects again, more and more patiently, when it breaks. A refusal
 * by the server (4xx) is final until `restart`.
 */
export function useFollow<T>(options: FollowOptions<T>): Follow {
  const { key } = options;
  const latest = useRef(options);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<Follow, 'restart'>>({
    state: 'connecting',
  });

  useEffect(() => {
    latest.current = options;
  });

  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;

    const follow = async () => {
      let delay = FIRST_DELAY_MS;
      while (!signal.aborted) {
        setState(old => ({ error: old.error, state: 'connecting' }));
        try {
          for await (const event of latest.current.open(signal)) {
            if (signal.aborted) {
              return;
            }
            delay = FIRST_DELAY_MS;
            setState(old => (isLive(old) ? old : { state: 'live' }));
            latest.current.onEvent(event);
            if (latest.current.isLast?.(event)) {
              setState({ state: 'ended' });
              return;
            }
          }
        } catch (cause) {
          if (signal.aborted) {
            return;
          }
          const error = cause instanceof Error ? cause : new Error(`${cause}`);
          if (isRefusal(error)) {
            setState({ state: 'ended', error });
            return;
          }
          setState({ state: 'connecting', error });
        }
        await pause(delay, signal);
        delay = Math.min(delay * 2, LONGEST_DELAY_MS);
      }
    };

    follow();
    return () => controller.abort();
  }, [key, round]);

  return { ...state, restart: useCallback(() => setRound(n => n + 1), []) };
}

function isLive({ state, error }: Omit<Follow, 'restart'>): boolean {
  return state === 'live' && error === undefined;
}

function isRefusal(error: Error): boolean {
  return (
    error instanceof ResponseError &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  );
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
