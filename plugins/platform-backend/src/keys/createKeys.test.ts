import { mockServices } from '@backstage/backend-test-utils';
import { createKeys } from './createKeys';

function keys(encryptionKey?: string) {
  return createKeys(
    mockServices.rootConfig({ data: { platform: { encryptionKey } } }),
  );
}

describe('createKeys', () => {
  it('derives one key for each purpose, always the same', () => {
    const one = keys('k'.repeat(32));
    expect(one.derive('callbacks')).toHaveLength(32);
    expect(one.derive('callbacks')).toEqual(
      keys('k'.repeat(32)).derive('callbacks'),
    );
    expect(one.derive('callbacks')).not.toEqual(one.derive('run-secrets'));
    expect(one.derive('callbacks')).not.toEqual(
      keys('l'.repeat(32)).derive('callbacks'),
    );
  });

  it('says what is wrong with the configuration, without showing the key', () => {
    expect(() => keys()).toThrow('platform.encryptionKey is missing');
    expect(() => keys('short and sweet')).toThrow(
      'platform.encryptionKey has 15 characters. Set it to at least 32 random characters',
    );
  });
});
