import { parts } from './words.mjs';

/**
 * An OpenAPI document as text, of about half a kilobyte to eight.
 *
 * @param {import('../../faults/Random.mjs').Random} random
 * @param {string} name
 */
export function apiDefinition(random, name) {
  const resources = new Set(
    Array.from({ length: random.between(1, 12) }, () => random.pick(parts)),
  );
  return [
    'openapi: 3.0.3',
    `info: { title: ${name}, version: 1.${random.between(0, 40)}.0 }`,
    'paths:',
    ...[...resources].flatMap(pathsOf),
    '',
  ].join('\n');
}

function pathsOf(resource) {
  const answer = '      responses: { "200": { description: OK } }';
  return [
    `  /${resource}:`,
    '    get:',
    `      operationId: list-${resource}`,
    `      summary: Lists every ${resource} that the caller may see`,
    '      parameters: [{ name: limit, in: query, schema: { type: integer } }]',
    answer,
    `  /${resource}/{id}:`,
    '    get:',
    `      operationId: get-${resource}`,
    '      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]',
    answer,
  ];
}
