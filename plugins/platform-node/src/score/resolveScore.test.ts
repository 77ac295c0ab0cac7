import { OperationFailedError } from '../context';
import { parseScore } from './parseScore';
import { resolveScore } from './resolveScore';
import { resourceLevels, resourceParameters } from './resources';
import type { ScoreContainer } from './types';

const OUTPUTS = {
  data: { source: 'volume-1' },
  db: { host: 'localhost', password: 'pa$$word' },
};

function score(main: string, resources = ''): string {
  return `apiVersion: score.dev/v1b1
metadata: { name: orders, a.b: dotted }
containers:
  main:
    image: .
${main.replace(/^/gm, '    ')}
resources:
  data: { type: volume }
  db: { type: postgres }
${resources.replace(/^/gm, '  ')}
`;
}

function resolve(main: string): ScoreContainer {
  return resolveScore(parseScore(score(main)), OUTPUTS).containers.main;
}

function failureOf(work: () => unknown): OperationFailedError {
  try {
    work();
  } catch (error) {
    return error as OperationFailedError;
  }
  throw new Error('It was accepted.');
}

describe('files, volumes and commands of score.yaml', () => {
  it('replaces placeholders where Score has them, and takes what it puts in as it is', () => {
    const { files, volumes, variables } = resolve(`
variables: { DOTTED: '\${metadata.a\\.b}', PASSWORD: '\${resources.db.password}' }
files:
  - { target: a, content: 'at \${resources.db.host}, $\${literally}' }
  - { target: b, content: '\${resources.db.host}', noExpand: true }
  - { target: c, source: 'config/\${metadata.name}.json' }
  - { target: d, content: [one, two] }
volumes:
  - { target: /one, source: '\${resources.data}' }
  - { target: /two, source: '\${ resources.data.source }', path: below, readOnly: true }
  - { target: /three, source: data }
`);
    expect(variables).toEqual({ DOTTED: 'dotted', PASSWORD: 'pa$$word' });
    expect(files).toEqual([
      { target: 'a', content: 'at localhost, ${literally}' },
      { target: 'b', content: '${resources.db.host}', noExpand: true },
      { target: 'c', source: 'config/orders.json' },
      { target: 'd', content: 'one\ntwo' },
    ]);
    expect(volumes).toEqual([
      { target: '/one', source: 'volume-1' },
      { target: '/two', source: 'volume-1', path: 'below', readOnly: true },
      { target: '/three', source: 'volume-1' },
    ]);
  });

  it('reads mappings by target as it reads lists', () => {
    const { files, volumes } = resolve(`
files: { a: { content: '\${metadata.name}' } }
volumes: { /one: { source: '\${resources.data}', read_only: true } }
`);
    expect(files).toEqual([{ target: 'a', content: 'orders' }]);
    expect(volumes).toEqual([
      { target: '/one', source: 'volume-1', readOnly: true },
    ]);
  });

  it('leaves commands to the shell', () => {
    const { command, args } = resolve(`
command: [sh, -c]
args: ['echo $$ $\${WHO} \${WHO}']
`);
    expect(command).toEqual(['sh', '-c']);
    expect(args).toEqual(['echo $$ ${WHO} ${WHO}']);
  });

  it.each([
    [
      "args: ['--at', '${resources.db.host}']",
      'containers.main.args.1: ${resources.db.host}',
      'Put it into variables',
    ],
    [
      "volumes: [{ target: /a, source: '${resources.nope}' }]",
      'containers.main.volumes./a: ${resources.nope}',
      'resources has: data, db',
    ],
    [
      "volumes: [{ target: /a, source: '${resources.db}' }]",
      'containers.main.volumes./a',
      'resources.db has: host, password',
    ],
    [
      'volumes: [{ target: /a, source: nope }]',
      'there is no resource "nope"',
      'Name a resource of the type volume',
    ],
    [
      "files: [{ target: a, content: '${resources.db.nope}' }]",
      'containers.main.files.a: ${resources.db.nope}',
      'host, password',
    ],
  ])('refuses %s', (main, message, hint) => {
    const error = failureOf(() => resolve(main));
    expect(error).toBeInstanceOf(OperationFailedError);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });

  it.each([
    ['files: { a: { content: x, source: y } }', 'one of content'],
    ['files: [{ target: a }]', 'one of content'],
    ['files: { a: { binaryContent: "***" } }', 'base64'],
    ['files: { a: { content: x, mode: "9" } }', 'octal'],
    ['files: nothing', 'Use a list, or a mapping by target.'],
    ['files: { a: nothing }', 'containers.main.files.a must be'],
    ['volumes: { /a: { path: x } }', 'containers.main.volumes./a.source'],
    ['volumes: { /a: { source: x, size: 1 } }', '"size"'],
    ['volumes: [{ source: x }]', 'containers.main.volumes.0.target'],
  ])('says what is wrong with %s', (main, message) => {
    expect(failureOf(() => parseScore(score(main))).message).toContain(message);
  });
});

describe('the parameters of resources', () => {
  it('may name outputs of others, which are made first', () => {
    const workload = parseScore(
      score(
        '',
        `
route: { type: route, params: { host: '\${resources.dns.host}', deep: [{ at: '\${resources.db.host}' }], port: 80 } }
dns: { type: dns }
path: { type: route, params: { below: '\${resources.route.url}', literal: '$\${resources.nope.x}' } }`,
      ),
    );
    expect(resourceLevels(workload)).toEqual([
      ['data', 'db', 'dns'],
      ['route'],
      ['path'],
    ]);
    const outputs = { ...OUTPUTS, dns: { host: 'a.localhost' } };
    expect(resourceParameters(workload, 'route', outputs)).toEqual({
      host: 'a.localhost',
      deep: [{ at: 'localhost' }],
      port: 80,
    });
    expect(
      failureOf(() => resourceParameters(workload, 'path', outputs)).message,
    ).toContain('resources.path.params.below: ${resources.route.url}');
  });

  it('may not wait for each other', () => {
    const workload = parseScore(
      score(
        '',
        `
one: { type: x, params: { a: '\${resources.two.a}' } }
two: { type: x, params: { a: '\${resources.one.a}' } }`,
      ),
    );
    expect(failureOf(() => resourceLevels(workload)).message).toContain(
      'the resources one, two need each other',
    );
  });
});
