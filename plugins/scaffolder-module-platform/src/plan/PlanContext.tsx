import {
  createContext,
  type PropsWithChildren,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import type { Objection } from './findObjections';

/** What the fields of one form tell each other about the run that the form asks for. */
interface PlanContextValue {
  objections: readonly Objection[];
  setObjections(objections: readonly Objection[]): void;
  /** The parameters whose fields say themselves what is objected to them. */
  spoken: ReadonlySet<string>;
  speak(parameter: string): () => void;
}

const NOBODY: PlanContextValue = {
  objections: [],
  setObjections: () => {},
  spoken: new Set(),
  speak: () => () => {},
};

const PlanContext = createContext(NOBODY);

/** Around a form, lets what is objected to a run be said beside the field that causes it. */
export function PlanProvider({ children }: PropsWithChildren<{}>) {
  const [objections, setObjections] = useState<readonly Objection[]>([]);
  const [spoken, setSpoken] = useState<ReadonlySet<string>>(new Set());
  const speak = useCallback((parameter: string) => {
    setSpoken(old => new Set([...old, parameter]));
    return () =>
      setSpoken(old => new Set([...old].filter(name => name !== parameter)));
  }, []);
  const value = useMemo(
    () => ({ objections, setObjections, spoken, speak }),
    [objections, spoken, speak],
  );
  return <PlanContext.Provider value={value}>{children}</PlanContext.Provider>;
}

/** For the field that plans: tells what is objected, and which of it no other field says. */
export function useObjections(found: readonly Objection[]): Objection[] {
  const { setObjections, spoken } = useContext(PlanContext);
  const key = JSON.stringify(found);
  useEffect(() => {
    setObjections(JSON.parse(key));
    return () => setObjections([]);
  }, [key, setObjections]);
  return found.filter(
    ({ parameter }) => parameter === undefined || !spoken.has(parameter),
  );
}

/** For any other field: what is objected to its value. */
export function useObjectionTo(parameter: string): string | undefined {
  const { objections, speak } = useContext(PlanContext);
  useEffect(() => speak(parameter), [parameter, speak]);
  return objections.find(objection => objection.parameter === parameter)
    ?.message;
}
