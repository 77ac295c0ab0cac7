import { IMPORT_STATES, ROW_OUTCOMES } from '@slipway/plugin-ownership-common';
import {
  answering,
  commonErrors,
  conflict,
  notFound,
} from '@slipway/plugin-platform-node';
import {
  count,
  idParameter,
  object,
  pageOf,
  paging,
  query,
  ref,
  reference,
  text,
  texts,
  time,
} from './parts';

const outcome = { type: 'string', enum: ROW_OUTCOMES } as const;

/** Services that join the catalog. */
export const importPaths = {
  '/imports': {
    get: {
      operationId: 'listImports',
      tags: ['imports'],
      summary: 'List imports, the newest first',
      parameters: [...paging],
      responses: {
        ...answering('200', 'A page.', 'ImportPage'),
        ...commonErrors,
      },
    },
    post: {
      operationId: 'createImport',
      tags: ['imports'],
      summary: 'Check a CSV, or a folder of repositories; writes nothing yet',
      parameters: [query('name', text, 'Of the CSV.')],
      requestBody: {
        required: true,
        content: {
          'text/csv': { schema: text },
          'application/json': { schema: ref('ImportedFolder') },
        },
      },
      responses: {
        ...answering('201', 'What it would do.', 'Import'),
        ...commonErrors,
      },
    },
  },
  '/imports/{id}': {
    get: {
      operationId: 'getImport',
      tags: ['imports'],
      summary: 'What it does, and how far it is',
      parameters: [idParameter],
      responses: {
        ...answering('200', 'The import.', 'Import'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/imports/{id}/rows': {
    get: {
      operationId: 'listImportRows',
      tags: ['imports'],
      summary: 'Its rows, by line',
      parameters: [
        idParameter,
        query('outcome', outcome, 'Left out: those with problems or gaps.'),
        ...paging,
      ],
      responses: {
        ...answering('200', 'A page.', 'ImportRowPage'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/imports/{id}/apply': {
    post: {
      operationId: 'applyImport',
      tags: ['imports'],
      summary: 'Write what was checked',
      description: 'Rows that can not be used are left out.',
      parameters: [idParameter],
      responses: {
        ...answering('200', 'It is being written.', 'Import'),
        ...commonErrors,
        ...notFound,
        ...conflict,
      },
    },
  },
  '/imports/{id}/remove': {
    post: {
      operationId: 'removeImport',
      tags: ['imports'],
      summary: 'Take from the catalog what came with it',
      parameters: [idParameter],
      responses: {
        ...answering('200', 'The import.', 'Import'),
        ...commonErrors,
        ...notFound,
        ...conflict,
      },
    },
  },
} as const;

/** Services that join the catalog. */
export const importSchemas = {
  Import: object(
    ['id', 'name', 'source', 'state', 'counts', 'createdBy', 'createdAt'],
    {
      id: text,
      name: text,
      source: { type: 'string', enum: ['csv', 'folder'] },
      state: { type: 'string', enum: IMPORT_STATES },
      counts: object([...ROW_OUTCOMES, 'rows', 'gaps', 'written'], {
        rows: count,
        new: count,
        changed: count,
        same: count,
        error: count,
        gaps: count,
        written: count,
      }),
      createdBy: reference,
      createdAt: time,
      appliedBy: reference,
      endedAt: time,
    },
  ),
  ImportPage: pageOf('Import'),
  ImportRow: object(['line', 'outcome', 'problems', 'gaps'], {
    line: count,
    entityRef: reference,
    owner: reference,
    outcome,
    problems: texts,
    gaps: texts,
  }),
  ImportRowPage: pageOf('ImportRow'),
  ImportedFolder: object(['name', 'repositories'], {
    name: text,
    repositories: {
      type: 'array',
      items: object(['name'], {
        name: text,
        remoteUrl: text,
        catalogFile: text,
        codeowners: text,
      }),
    },
  }),
} as const;
