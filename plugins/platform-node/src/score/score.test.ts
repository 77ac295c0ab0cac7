import { OperationFailedError } from '../context';
import { parseScore } from './parseScore';
import { resolveScore } from './resolveScore';

const MINIMAL = `apiVersion: score.dev/v1b1
metadata:
  name: orders
containers:
  main:
    image: .
`;

function failureOf(work: () => unknown): OperationFailedError {
  try {
    work();
  } catch (error) {
    return error as OperationFailedError;
  }
  throw new Error('It was accepted.');
}

describe('parseScore', () => {
  it('reads all that Score v1b1 knows', () => {
    const workload = parseScore(`apiVersion: score.dev/v1b1
metadata:
  name: orders
  annotations: { team.example.com/tier: gold }
  extra: 1
service:
  ports:
    web: { port: 80, targetPort: 8080, protocol: TCP }
containers:
  main:
    image: .
    command: [node]
    args: [src/main.js]
    variables: { GREETING: "hello \${metadata.name}" }
    files:
      - { target: /etc/a, mode: "0644", content: a, noExpand: true }
    volumes:
      /data: { source: "\${resources.data}", readOnly: true }
    resources: { limits: { memory: 128Mi }, requests: { cpu: 100m } }
    readinessProbe:
      httpGet: { path: /ready, port: 8080, scheme: HTTP, httpHeaders: [{ name: a, value: b }] }
    livenessProbe:
      exec: { command: [ls] }
resources:
  data: { type: volume, class: big, id: shared.data, params: { size: 1 } }
`);
    expect(workload.containers.main.readinessProbe?.httpGet?.path).toBe(
      '/ready',
    );
    expect(workload.resources?.data.id).toBe('shared.data');
  });

  it.each([
    ['image: .', 'image: .\n    imagine: 1', 'line 7', '"imagine"'],
    [
      'image: .',
      'command: [node]',
      'line 6',
      'containers.main.image is missing',
    ],
    ['image: .', 'imagine: .', 'line 6', '"imagine"'],
    ['name: orders', 'name: Orders', 'line 3', 'metadata.name'],
    ['v1b1', 'v2', 'line 1', 'Use score.dev/v1b1'],
    [
      'image: .',
      'image: .\n    command: node',
      'line 7',
      'containers.main.command must be a list',
    ],
    [
      'image: .',
      'image: .\n    readinessProbe: {}',
      'line 7',
      'httpGet or exec',
    ],
    ['image: .', 'image: [', 'line', 'score.yaml'],
    [
      'containers:\n  main:\n    image: .',
      'containers: {}',
      'line 4',
      'at least one',
    ],
  ])('says what is wrong and where: %s -> %s', (from, to, line, problem) => {
    const error = failureOf(() => parseScore(MINIMAL.replace(from, to)));
    expect(error).toBeInstanceOf(OperationFailedError);
    expect(error.message).toContain(line);
    expect(error.message).toContain(problem);
    expect(error.hint).toBeTruthy();
  });

  it('refuses an empty file', () => {
    expect(failureOf(() => parseScore('')).message).toContain(
      'apiVersion is missing',
    );
  });
});

describe('resolveScore', () => {
  const resolve = (text: string) =>
    resolveScore(
      {
        ...parseScore(MINIMAL),
        containers: { main: { image: '.', variables: { A: text } } },
      },
      { db: { host: 'localhost', port: '5432' } },
    ).containers.main.variables?.A;

  it.each([
    [
      'postgres://${resources.db.host}:${resources.db.port}',
      'postgres://localhost:5432',
    ],
    ['${metadata.name}', 'orders'],
    ['$${metadata.name} costs $5, $$', '${metadata.name} costs $5, $'],
  ])('turns %s into %s', (from, to) => {
    expect(resolve(from)).toBe(to);
  });

  it.each([
    ['${resources.cache.host}', 'db'],
    ['${resources.db.user}', 'host, port'],
    ['${secrets.a}', 'metadata, resources'],
    ['${resources.db}', 'host, port'],
    ['${metadata.constructor}', 'name'],
  ])('refuses %s and says what there is', (text, names) => {
    const error = failureOf(() => resolve(text));
    expect(error.message).toContain('containers.main.variables.A');
    expect(error.message).toContain(text);
    expect(error.hint).toContain(names);
  });
});
