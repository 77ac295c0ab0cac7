import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

/** The team that owns every run, and the people of the test. */
export const OWNER = 'group:default/owners';
export const REQUESTER = 'user:default/rita';
export const APPROVER = 'user:default/adam';

const LIFETIME_SECONDS = 6 * 60 * 60;

/** Entities of the people and their team, for the catalog of the slim backend. */
export const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'owners', namespace: 'default' },
    spec: { type: 'team', children: [], members: ['rita', 'adam'] },
    relations: [REQUESTER, APPROVER].map(targetRef => ({
      type: 'hasMember',
      targetRef,
    })),
  },
  ...[REQUESTER, APPROVER].map(reference => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: reference.split('/')[1], namespace: 'default' },
    spec: { profile: {}, memberOf: ['owners'] },
    relations: [{ type: 'memberOf', targetRef: OWNER }],
  })),
];

/** Signs people in, as the portal's auth plugin would. */
export class TokenIssuer {
  #privateKey;
  #keyId = randomUUID();

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
    });
    this.#privateKey = privateKey;
    /** The public keys, as the backend publishes them. */
    this.keys = [
      {
        ...publicKey.export({ format: 'jwk' }),
        kid: this.#keyId,
        alg: 'ES256',
        use: 'sig',
      },
    ];
  }

  /**
   * A token as Backstage's auth plugin issues it.
   *
   * @param {string} person - entity reference
   */
  issue(person) {
    const issuedAt = Math.floor(Date.now() / 1000);
    const content = [
      { typ: 'vnd.backstage.user', alg: 'ES256', kid: this.#keyId },
      {
        iss: 'faults',
        sub: person,
        ent: [person, OWNER],
        aud: 'backstage',
        iat: issuedAt,
        exp: issuedAt + LIFETIME_SECONDS,
      },
    ]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createSign('sha256')
      .update(content)
      .sign({ key: this.#privateKey, dsaEncoding: 'ieee-p1363' });
    return `${content}.${signature.toString('base64url')}`;
  }
}
