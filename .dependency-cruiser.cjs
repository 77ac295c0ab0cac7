/** Who may import whom. The reasons are in docs/architecture.md. */

const platform = 'plugins/platform-backend/src';

/** A folder of the platform may import only these of its neighbours. */
function onlyFrom(folder, allowed) {
  const others = [
    'runs',
    'pipelines',
    'configuration',
    'resources',
    'deployments',
  ].filter(name => name !== folder && !allowed.includes(name));
  return {
    name: `platform-${folder}`,
    comment: `Imports point one way: deployments -> resources, configuration, pipelines -> runs. ${folder} may import ${
      allowed.join(', ') || 'none of its neighbours'
    }.`,
    severity: 'error',
    from: { path: `^${platform}/${folder}/`, pathNot: testFiles },
    to: { path: `^${platform}/(${others.join('|')})/` },
  };
}

const testFiles = '\\.test\\.tsx?$|/__fixtures__/|/__testUtils__/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one, or three.',
      severity: 'error',
      from: {},
      to: {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    },
    {
      name: 'packages-compose',
      comment: 'packages/* put plugins together; no plugin imports them.',
      severity: 'error',
      from: { path: '^plugins/' },
      to: { path: '^packages/' },
    },
    {
      name: 'modules-know-contracts',
      comment:
        'A module of the platform uses platform-node and platform-common, as a module of a third party would.',
      severity: 'error',
      from: {
        path: '^plugins/',
        pathNot: `^plugins/platform-backend/|${testFiles}`,
      },
      to: { path: '^plugins/platform-backend/' },
    },
    {
      name: 'common-knows-no-side',
      comment: 'What both sides share runs in both.',
      severity: 'error',
      from: { path: '^plugins/[^/]+-common/' },
      to: { path: '^plugins/', pathNot: '^plugins/[^/]+-common/' },
    },
    {
      name: 'routers-are-leaves',
      comment:
        'Only what puts a plugin together (plugin.ts, module.ts, create*.ts) mounts a router.',
      severity: 'error',
      from: {
        path: '^plugins/',
        pathNot: `(plugin|module|/create[A-Z][A-Za-z]*)\\.ts$|/router/|[rR]outer\\.ts$|${testFiles}`,
      },
      to: { path: '^plugins/.*[rR]outer\\.ts$' },
    },
    {
      name: 'platform-scaling',
      comment: 'Nothing that deploys needs to know who scales.',
      severity: 'error',
      from: {
        path: `^${platform}/(runs|pipelines|resources|configuration|deployments|environments|services)/`,
        pathNot: testFiles,
      },
      to: { path: `^${platform}/scaling/` },
    },
    onlyFrom('runs', []),
    onlyFrom('pipelines', ['runs']),
    onlyFrom('resources', ['runs']),
    onlyFrom('configuration', ['runs']),
    onlyFrom('deployments', [
      'configuration',
      'resources',
      'runs',
      'pipelines',
    ]),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist-types|public)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
