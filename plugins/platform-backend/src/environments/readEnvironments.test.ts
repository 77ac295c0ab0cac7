import { environmentsText } from '../__testUtils__/environments';
import { definitionText, THREE } from './__testUtils__/company';
import { listProblems, readEnvironments } from './readEnvironments';

/** What is wrong with one file, a line each. */
function problemsOf(text: string): string[] {
  const { problems } = readEnvironments([{ name: 'all.yaml', text }]);
  return listProblems(problems).split('\n').filter(Boolean);
}

const DEV = `apiVersion: slipway.dev/v1
kind: Environment
metadata:
  name: dev
spec:
  order: 1
`;

const SMALL = `${DEV}---
apiVersion: slipway.dev/v1
kind: ResourceDefinition
metadata:
  name: postgres-small
spec:
  match:
    type: postgres
    class: small
  provider: postgres
  parameters:
    size: small
  defaults:
    connections: 10
  maximum:
    connections: 20
  timeToLive:
    default: 7d
    maximum: 30d
  retention: 12h
`;

describe('readEnvironments', () => {
  it('reads environments in their order, and keeps what is not said mild', () => {
    const files = [
      {
        name: 'prod.yaml',
        text: DEV.replace('dev\n', 'prod\n  title: Production\n').replace(
          'order: 1\n',
          'order: 2\n  protected: true\n',
        ),
      },
      { name: 'dev.yaml', text: `${DEV}  autoDeploy: true\n` },
    ];
    expect(readEnvironments(files)).toEqual({
      environments: [
        {
          name: 'dev',
          title: 'dev',
          autoDeploy: true,
          protected: false,
          replicas: { default: 1, maximum: 10 },
          sleep: [],
          rollout: { strategy: 'blue-green', steps: [], bakeMs: 0 },
        },
        {
          name: 'prod',
          title: 'Production',
          autoDeploy: false,
          protected: true,
          replicas: { default: 1, maximum: 10 },
          sleep: [],
          rollout: { strategy: 'blue-green', steps: [], bakeMs: 0 },
        },
      ],
      definitions: [],
      freezes: [],
      problems: [],
    });
  });

  it('reads definitions', () => {
    expect(
      readEnvironments([{ name: 'all.yaml', text: SMALL }]).definitions,
    ).toEqual([
      {
        name: 'postgres-small',
        source: 'all.yaml:8',
        match: { type: 'postgres', class: 'small' },
        provider: 'postgres',
        parameters: { size: 'small' },
        defaults: { connections: 10 },
        maximum: { connections: 20 },
        timeToLive: { defaultMs: 7 * 86_400_000, maximumMs: 30 * 86_400_000 },
        retentionMs: 12 * 3_600_000,
      },
    ]);
  });

  it('keeps what was destroyed for seven days where nothing is said, and writes teams out', () => {
    const text = environmentsText(
      THREE,
      definitionText('db', 'type: postgres, owner: payments'),
    );
    const [definition] = readEnvironments([
      { name: 'a.yaml', text },
    ]).definitions;
    expect(definition).toMatchObject({
      match: { owner: 'group:default/payments' },
      retentionMs: 7 * 86_400_000,
    });
    expect(definition.timeToLive).toBeUndefined();
  });

  it.each([
    [
      'name: dev',
      'name: Dev',
      'all.yaml:4: metadata.name is not valid. Use 1 to 16 lower-case letters and digits, starting with a letter.',
    ],
    [
      'name: dev',
      'name: all',
      'all.yaml:4: metadata.name is not valid. "all" is reserved. Choose another name.',
    ],
    [
      'name: dev',
      'nmae: dev',
      'all.yaml:4: metadata has no field "nmae". Did you mean "name"?',
    ],
    ['name: dev', 'name: 7', 'all.yaml:4: metadata.name must be a string.'],
    [
      '  order: 1',
      '  order: first',
      'all.yaml:6: spec.order must be a number.',
    ],
    [
      '  order: 1',
      '  protected: false',
      'all.yaml:6: spec.order is missing. It must be a number.',
    ],
    [
      '  order: 1',
      '  order: 1\n  weight: 3',
      'all.yaml:7: spec has no field "weight". It may have: order, autoDeploy, protected, rollout, replicas, sleep, previews.',
    ],
    [
      '  order: 1',
      '  order: 1\n  autodeploy: yes',
      'all.yaml:7: spec has no field "autodeploy". Did you mean "autoDeploy"?',
    ],
    [
      'name: dev',
      'name: devpreview7',
      'all.yaml:4: metadata.name is not valid. "devpreview7" is what a preview would be called. Choose another name.',
    ],
    [
      '  order: 1',
      '  order: 1\n  replicas: { default: 3, maximum: 2 }',
      'all.yaml:7: spec.replicas.default is not valid. This is more than the maximum. Use at most as many.',
    ],
    [
      '  order: 1',
      '  order: 1\n  replicas: { maximum: 11 }',
      'all.yaml:7: spec.replicas.maximum is not valid. Use at most 10.',
    ],
    [
      '  order: 1',
      '  order: 1\n  sleep: [{ from: evening, until: mon 07:00 }]',
      'all.yaml:7: spec.sleep.0.from is "evening". Use a day and a time: "fri 16:00". Days are mon, tue, wed, thu, fri, sat, sun.',
    ],
    [
      '  order: 1',
      '  order: 1\n  sleep: [{ from: fri 20:00, until: mon 07:00, timeZone: Mars }]',
      'all.yaml:7: spec.sleep.0.timeZone: there is no time zone "Mars". Use a name of the IANA database: Europe/Berlin.',
    ],
    [
      '  order: 1',
      '  order: 1\n  previews: { for: tags }',
      'all.yaml:7: spec.previews.for is not valid. Use merge-requests or branches.',
    ],
    [
      '  order: 1',
      '  order: 1\n  previews: { timeToLive: { default: 3d, maximum: 2d } }',
      'all.yaml:7: timeToLive.default is more than timeToLive.maximum.',
    ],
    [
      '  order: 1',
      '  order: 1\n  protected: true\n  previews: {}',
      'all.yaml:8: What is protected is not cloned: its definitions and configuration are not for branches nobody has looked at. Clone another one.',
    ],
    [
      'name: dev\nspec:\n  order: 1',
      'name: acceptance\nspec:\n  order: 1\n  previews: {}',
      'all.yaml:7: An environment that is cloned has a name of at most 9 characters; "acceptance" has 10. Clone another one.',
    ],
    [
      'spec:\n  order: 1\n',
      '',
      'all.yaml:1: spec is missing. It must be a mapping.',
    ],
    [
      'slipway.dev/v1',
      'slipway.dev/v2',
      'all.yaml:1: apiVersion is not valid. Use slipway.dev/v1.',
    ],
    [
      'kind: Environment',
      'kind: Enviroment',
      'all.yaml:2: There is no kind "Enviroment" here. Did you mean "Environment"? There are: Environment, ResourceDefinition, FreezeWindow.',
    ],
    [
      'kind: Environment\n',
      '',
      'all.yaml:1: kind is missing. Each document says which it is: Environment, ResourceDefinition, FreezeWindow.',
    ],
    [
      'name: dev',
      'name: [dev',
      'all.yaml:5: This is no valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ].',
    ],
    [
      '  name: dev',
      '  name: dev\n  name: prod',
      'all.yaml:5: This is no valid YAML: Map keys must be unique.',
    ],
    [
      DEV,
      '[dev, prod]',
      'all.yaml:1: kind is missing. Each document says which it is: Environment, ResourceDefinition, FreezeWindow.',
    ],
  ])('refuses an environment with %j as %j', (from, to, problem) => {
    const text = DEV.replace(from, to);
    expect(text).not.toBe(DEV);
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each([
    [
      'name: postgres-small',
      'name: Postgres',
      'all.yaml:11: metadata.name is not valid. Use lower-case letters, digits and single hyphens, starting with a letter.',
    ],
    [
      '    class: small',
      '    clas: small',
      'all.yaml:15: spec.match has no field "clas". Did you mean "class"?',
    ],
    [
      '    type: postgres\n',
      '',
      'all.yaml:14: spec.match.type is missing. It must be a string.',
    ],
    [
      '    class: small',
      '    environment: prd',
      'all.yaml:15: There is no environment "prd". There are: dev.',
    ],
    [
      '    class: small',
      '    environment: de',
      'all.yaml:15: There is no environment "de". Did you mean "dev"? There are: dev.',
    ],
    [
      '    class: small',
      '    owner: "user:default/mara"',
      `all.yaml:15: spec.match.owner is not valid. "user:default/mara" can't own a resource. Name a team, for example "group:default/payments".`,
    ],
    [
      '    class: small',
      '    service: Orders',
      'all.yaml:15: spec.match.service is not valid. Use lower-case letters, digits and single hyphens, starting with a letter and ending with a letter or digit.',
    ],
    [
      '  provider: postgres\n',
      '',
      'all.yaml:13: spec.provider is missing. It must be a string.',
    ],
    [
      'size: small',
      'size: .nan',
      'all.yaml:18: spec.parameters.size is not valid. Use text, a number, true, false, null, a list or a mapping.',
    ],
    [
      'size: small',
      'connections: 5',
      [
        'all.yaml:20: spec.parameters fixes "connections", so nobody can ask for it, and what spec.defaults says of it never counts. Remove it from one of them.',
        'all.yaml:22: spec.parameters fixes "connections", so nobody can ask for it, and what spec.maximum says of it never counts. Remove it from one of them.',
      ],
    ],
    [
      'connections: 10',
      'connections: 30',
      'all.yaml:20: spec.defaults.connections is 30, but spec.maximum allows at most 20. Change one of them.',
    ],
    [
      'connections: 20',
      'connections: many',
      'all.yaml:22: spec.maximum.connections is not valid. Use a number, or a list of what is allowed.',
    ],
    [
      'connections: 20',
      'connections: [5, 15]',
      'all.yaml:20: spec.defaults.connections is 10, but spec.maximum allows only 5, 15. Change one of them.',
    ],
    [
      'default: 7d',
      'default: a week',
      'all.yaml:24: spec.timeToLive.default is not valid. Use a whole number up to 9999 with s for seconds, m for minutes, h for hours or d for days: 30m, 12h, 7d.',
    ],
    [
      'default: 7d',
      'default: 7',
      'all.yaml:24: spec.timeToLive.default is not valid. Use a whole number up to 9999 with s for seconds, m for minutes, h for hours or d for days: 30m, 12h, 7d.',
    ],
    [
      'default: 7d',
      'default: 0d',
      'all.yaml:24: spec.timeToLive.default is not valid. Use at least 1m.',
    ],
    [
      'default: 7d',
      'default: 31d',
      'all.yaml:24: spec.timeToLive.default is longer than spec.timeToLive.maximum. Shorten it, or raise the maximum.',
    ],
    [
      '    maximum: 30d\n',
      '',
      'all.yaml:24: spec.timeToLive.maximum is missing. Use a whole number up to 9999 with s for seconds, m for minutes, h for hours or d for days: 30m, 12h, 7d.',
    ],
    [
      'retention: 12h',
      'retention: 1.5h',
      'all.yaml:26: spec.retention is not valid. Use a whole number up to 9999 with s for seconds, m for minutes, h for hours or d for days: 30m, 12h, 7d.',
    ],
    [
      'retention: 12h',
      'retention: [12h]',
      'all.yaml:26: spec.retention is not valid. Use a whole number up to 9999 with s for seconds, m for minutes, h for hours or d for days: 30m, 12h, 7d.',
    ],
  ])('refuses a definition with %j as %j', (from, to, problem) => {
    const text = SMALL.replace(from, to as string);
    expect(text).not.toBe(SMALL);
    expect(problemsOf(text)).toEqual([problem].flat());
  });

  it('refuses what is there twice, and says where the first is', () => {
    const files = [
      {
        name: 'a.yaml',
        text: environmentsText(
          [{ name: 'dev' }],
          definitionText('db', 'type: postgres, class: small'),
        ),
      },
      {
        name: 'b.yaml',
        text: environmentsText(
          [{ name: 'dev' }],
          definitionText('db', 'class: small, type: postgres'),
          definitionText('other', 'type: postgres'),
        ),
      },
    ];
    expect(listProblems(readEnvironments(files).problems).split('\n')).toEqual([
      'b.yaml:1: There is another environment "dev", at a.yaml:1. Each environment has a name of its own.',
      'b.yaml:1: There is another environment with order 1, at a.yaml:1. Each environment has a place of its own in the order of promotion.',
      'b.yaml:5: There is another definition "db", at a.yaml:5. Each definition has a name of its own.',
      'b.yaml:6: There is another definition that matches type postgres, class small, at a.yaml:6. Neither would be more specific: add a key to one of them, or remove it.',
    ]);
  });

  it('wants an environment, and tells everything that is wrong at once', () => {
    expect(problemsOf('# nothing yet\n')).toEqual([
      expect.stringMatching(/^all\.yaml:1: There is no environment\. Add /),
    ]);
    const text = SMALL.replace('name: dev', 'name: Dev').replace('7d', '7');
    expect(problemsOf(text)).toHaveLength(2);
  });
});
