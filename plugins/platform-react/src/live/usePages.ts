import type { Page, PlatformSignal } from '@slipway/plugin-platform-common';
import { useCallback, useRef, useState } from 'react';
import { useLive, type Live, type LiveOptions } from './useLive';

/** What was loaded of a list so far. */
export interface Pages<T> {
  items: T[];
  hasMore: boolean;
}

/** A list that grows by a page at a time, and stays current as far as it is shown. */
export interface LivePages<T> extends Live<Pages<T>> {
  showMore(): void;
  isLoadingMore: boolean;
}

/** Loads the first page of a list and, when asked for, those after it. A change of the key starts with the first page again. */
export function usePages<T, S extends object = PlatformSignal>(
  options: Omit<LiveOptions<T, S>, 'query'> & {
    load(
      cursor: string | undefined,
      options: { signal: AbortSignal },
    ): Promise<Page<T>>;
  },
): LivePages<T> {
  const { key, channel, matches, load } = options;
  const wanted = useRef({ key, pages: 1 });
  const [moreKey, setMoreKey] = useState<string>();
  if (wanted.current.key !== key) {
    wanted.current = { key, pages: 1 };
  }

  const live = useLive<Pages<T>, S>({
    key,
    channel,
    matches,
    query: async signalled => {
      const items: T[] = [];
      let cursor: string | undefined;
      let page = 0;
      do {
        const answer = await load(cursor, signalled);
        items.push(...answer.items);
        cursor = answer.nextCursor;
        page += 1;
      } while (cursor !== undefined && page < wanted.current.pages);
      setMoreKey(undefined);
      return { items, hasMore: cursor !== undefined };
    },
  });

  const { refresh } = live;
  return {
    ...live,
    isLoadingMore: moreKey === key,
    showMore: useCallback(() => {
      wanted.current.pages += 1;
      setMoreKey(wanted.current.key);
      refresh();
    }, [refresh]),
  };
}
