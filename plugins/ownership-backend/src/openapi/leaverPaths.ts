import { LEAVER_STATES } from '@slipway/plugin-ownership-common';
import {
  answering,
  body,
  commonErrors,
  conflict,
} from '@slipway/plugin-platform-node';
import {
  listOf,
  object,
  pageOf,
  paging,
  ref,
  reference,
  text,
  texts,
  time,
} from './parts';

/** Who left. */
export const leaverPaths = {
  '/leavers': {
    get: {
      operationId: 'listLeavers',
      tags: ['leavers'],
      summary: 'List who left, the latest first',
      parameters: [...paging],
      responses: {
        ...answering('200', 'A page.', 'LeaverPage'),
        ...commonErrors,
      },
    },
  },
  '/leavers/confirm': {
    post: {
      operationId: 'confirmLeavers',
      tags: ['leavers'],
      summary: 'Say of people who are held that they left',
      description: 'For the platform team.',
      requestBody: body(['ids'], {
        ids: { type: 'array', items: text, minItems: 1, maxItems: 1_000 },
      }),
      responses: {
        ...answering('200', 'Those that were held.', 'LeaverList'),
        ...commonErrors,
        ...conflict,
      },
    },
  },
} as const;

/** Who left. */
export const leaverSchemas = {
  Leaver: object(
    ['id', 'state', 'person', 'title', 'teams', 'leftAt', 'touched'],
    {
      id: text,
      state: { type: 'string', enum: LEAVER_STATES },
      person: reference,
      title: text,
      teams: listOf(reference),
      leftAt: time,
      endedAt: time,
      confirmedBy: reference,
      touched: texts,
    },
  ),
  LeaverPage: pageOf('Leaver'),
  LeaverList: object(['items'], { items: listOf(ref('Leaver')) }),
} as const;
