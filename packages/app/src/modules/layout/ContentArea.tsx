import { useEffect, useRef, useState, type ReactNode } from 'react';

/** Props of {@link ContentArea}. */
export interface ContentAreaProps {
  id: string;
  className: string;
  children: ReactNode;
}

/**
 * Where pages appear. Some plugins' pages bring a `main` landmark and some do not: this is the landmark
 * for those that do not, so that there always is exactly one.
 */
export function ContentArea({ id, className, children }: ContentAreaProps) {
  const area = useRef<HTMLDivElement>(null);
  const [hasMain, setHasMain] = useState(true);

  useEffect(() => {
    const { current } = area;
    if (!current) {
      return undefined;
    }
    const look = () => setHasMain(current.querySelector('main') !== null);
    const observer = new MutationObserver(look);
    observer.observe(current, { childList: true, subtree: true });
    look();
    return () => observer.disconnect();
  }, []);

  return (
    <div
      ref={area}
      id={id}
      className={className}
      role={hasMain ? undefined : 'main'}
      tabIndex={-1}
    >
      {children}
    </div>
  );
}
