import { useCallback, useRef, useState } from 'react';

/** Something a person asked for that takes a moment and may be refused. */
export interface Action<A extends unknown[]> {
  /** Does it once; does nothing while it is under way. Tells whether it worked. */
  start(...args: A): Promise<boolean>;
  isPending: boolean;
  /** Why it was refused, until it is tried again or `reset`. */
  error?: Error;
  reset(): void;
}

/** Runs an action once at a time and remembers how it went. */
export function useAction<A extends unknown[]>(
  perform: (...args: A) => Promise<void>,
): Action<A> {
  const busy = useRef(false);
  const [state, setState] = useState<{ isPending: boolean; error?: Error }>({
    isPending: false,
  });

  const start = async (...args: A) => {
    if (busy.current) {
      return false;
    }
    busy.current = true;
    setState({ isPending: true });
    try {
      await perform(...args);
      setState({ isPending: false });
      return true;
    } catch (error) {
      setState({
        isPending: false,
        error: error instanceof Error ? error : new Error(String(error)),
      });
      return false;
    } finally {
      busy.current = false;
    }
  };

  return {
    ...state,
    start,
    reset: useCallback(() => setState({ isPending: false }), []),
  };
}
