import type { FreezeWindow } from '@slipway/plugin-platform-common';
import type { FieldProblem } from '@slipway/plugin-platform-node';
import type { z } from 'zod';
import type { freezeDocument } from '../documentSchemas';
import { readWeekly } from './readWeekly';

type FreezeDocument = z.output<typeof freezeDocument>;

const DATE_FORM =
  'Use a date and time with its offset: 2026-12-19T00:00:00+01:00.';
const DATE =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Turns a document into a window, or says what is wrong with its times. */
export function readFreeze(
  { metadata, spec }: FreezeDocument,
  source: string,
): { freeze?: FreezeWindow; problems: FieldProblem[] } {
  const { reason, environments } = spec;
  const { when, problems } = spec.weekly ? weekly(spec) : once(spec);
  return {
    problems,
    freeze: when && {
      name: metadata.name,
      title: metadata.title ?? metadata.name,
      reason,
      environments,
      source,
      when,
    },
  };
}

type Read = { when?: FreezeWindow['when']; problems: FieldProblem[] };

function once({ from, until }: FreezeDocument['spec']): Read {
  const problems: FieldProblem[] = [];
  for (const [field, text] of Object.entries({ from, until })) {
    if (text === undefined) {
      problems.push({
        path: ['spec', field],
        message: `spec.${field} is missing. ${DATE_FORM} For a window that comes back, use spec.weekly.`,
      });
    } else if (!DATE.test(text) || Number.isNaN(Date.parse(text))) {
      problems.push({
        path: ['spec', field],
        message: `spec.${field} is "${text}". ${DATE_FORM}`,
      });
    }
  }
  if (!from || !until || problems.length > 0) {
    return { problems };
  }
  if (Date.parse(from) >= Date.parse(until)) {
    problems.push({
      path: ['spec', 'until'],
      message: `spec.until is not after spec.from, so the window is never open. Use a later time.`,
    });
    return { problems };
  }
  const iso = (text: string) => new Date(text).toISOString();
  return { problems, when: { from: iso(from), until: iso(until) } };
}

function weekly({ from, until, weekly: week }: FreezeDocument['spec']): Read {
  const path = ['spec', 'weekly'];
  const both: FieldProblem[] =
    from === undefined && until === undefined
      ? []
      : [
          {
            path,
            message:
              'spec.weekly and spec.from or spec.until are both there. Keep one of them.',
          },
        ];
  if (!week) {
    return { problems: both };
  }
  const { when, problems } = readWeekly(week, path);
  return both.length > 0
    ? { problems: [...both, ...problems] }
    : { when, problems };
}
