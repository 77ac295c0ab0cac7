import { createMockDirectory } from '@backstage/backend-test-utils';
import type {
  ReleaseSpec,
  ResourceOutputs,
} from '@slipway/plugin-platform-node';
import { FileArtifactStore } from '../artifacts';
import type { StoredRelease } from './store';
import { releaseSpec } from './releaseSpec';

const OUTPUTS = {
  data: { source: 'volume-1' },
  db: { host: 'localhost', password: 'geheim' },
};

describe('releaseSpec', () => {
  const directory = createMockDirectory({
    content: {
      'project/config/app.conf': 'at ${resources.db.host} as ${metadata.name}',
      'project/config/logo.bin': Buffer.from([0xff, 0xfe, 0x24]),
      'project/config/large.txt': 'x'.repeat(600_000),
    },
  });
  const artifacts = new FileArtifactStore(directory.resolve('artifacts'));
  let artifactDigest: string;

  beforeAll(async () => {
    const { digest } = await artifacts.put(directory.resolve('project'));
    artifactDigest = digest;
  });

  async function specOf(
    container: string,
    outputs: ResourceOutputs = OUTPUTS,
    more = '',
  ): Promise<ReleaseSpec> {
    const release: StoredRelease = {
      id: 'release-1',
      service: 'orders',
      number: 7,
      commit: {
        sha: 'a41f9c2d00000000000000000000000000000000',
        title: 'Change something',
        authorName: 'Mara',
        authorEmail: 'mara@example.com',
        authoredAt: '2026-01-01T00:00:00.000Z',
      },
      artifactDigest,
      createdAt: '2026-01-01T00:00:00.000Z',
      score: `apiVersion: score.dev/v1b1
metadata: { name: orders }
containers:
  main:
    image: .
    command: [node, main.js]
${container.replace(/^/gm, '    ')}
resources:
  data: { type: volume }
  db: { type: postgres }
${more}`,
    };
    return releaseSpec({
      release,
      instanceId: 'deployment-1',
      environment: 'dev',
      artifactFile: await artifacts.fileOf(artifactDigest),
      outputs,
      configured: {},
      readFile: (file, limit) =>
        artifacts.readFile(artifactDigest, file, limit),
    });
  }

  function textsOf({ files }: ReleaseSpec) {
    return files.map(({ target, mode, content }) => [
      target,
      mode,
      Buffer.from(content, 'base64').toString('latin1'),
    ]);
  }

  it('gives a runtime all that score.yaml says, with the outputs of its resources', async () => {
    const spec = await specOf(`
variables: { PASSWORD: '\${resources.db.password}' }
volumes:
  /data: { source: '\${resources.data}' }
  pictures: { source: data, path: of/mine, readOnly: true }
files:
  a: { content: 'as \${resources.db.password}' }
  /etc/b: { source: ./config/app.conf, mode: "0640" }
  c: { source: config/app.conf, noExpand: true }
  d: { source: config/logo.bin, noExpand: true }
  e: { binaryContent: AAE= }
`);
    expect(spec).toMatchObject({
      ref: { service: 'orders', environment: 'dev' },
      instanceId: 'deployment-1',
      releaseId: 'release-1',
      label: 'v7 a41f9c2',
      command: ['node', 'main.js'],
      variables: { PASSWORD: 'geheim' },
      volumes: [
        { source: 'volume-1', target: '/data', readOnly: false },
        {
          source: 'volume-1',
          target: 'pictures',
          path: 'of/mine',
          readOnly: true,
        },
      ],
    });
    expect(textsOf(spec)).toEqual([
      ['a', '0600', 'as geheim'],
      ['/etc/b', '0640', 'at localhost as orders'],
      ['c', '0600', 'at ${resources.db.host} as ${metadata.name}'],
      ['d', '0600', '\xff\xfe$'],
      ['e', '0600', '\x00\x01'],
    ]);
  });

  it.each([
    ['files: { a: { source: nope.txt } }', 'the artifact does not hold'],
    ['files: { a: { source: ../../etc/passwd } }', 'does not hold'],
    ['files: { a: { source: /etc/passwd } }', 'does not hold'],
    ['files: { a: { source: config } }', 'does not hold'],
    ['files: { a: { source: config/logo.bin } }', 'is no text'],
    ['files: { a: { source: config/large.txt } }', 'bytes; 524288 are'],
    [
      `files: { a: { content: '${'x'.repeat(400_000)}' }, b: { content: '${'x'.repeat(200_000)}' } }`,
      'more than 512 kB',
    ],
  ])('refuses %.60s', async (container, message) => {
    await expect(specOf(container)).rejects.toThrow(message);
  });

  it.each([
    ['', { kind: 'worker' }],
    ['service: {}\n', { kind: 'worker' }],
    ['service: { ports: { web: { port: 80 } } }\n', { kind: 'service' }],
  ])('knows what is asked by its ports: %j', async (service, work) => {
    expect((await specOf('', OUTPUTS, service)).work).toEqual(work);
  });

  it('says which resource is not there', async () => {
    await expect(specOf('', { data: OUTPUTS.data })).rejects.toThrow(
      'asks for the resource "db" of the type postgres, which is not there in the environment "dev"',
    );
  });
});
