import { ConfigReader } from '@backstage/config';
import { readTerraformConfig } from './readTerraformConfig';

describe('readTerraformConfig', () => {
  it('takes what is in no URL as it is', () => {
    const config = readTerraformConfig(
      new ConfigReader({
        platform: {
          terraform: {
            modules: 'terraform',
            directory: 'work',
            environment: { AWS_REGION: 'eu' },
            state: {
              host: 'db.example.com',
              port: '5433',
              user: 'a@b',
              password: 'p@ss:word/?',
            },
          },
        },
      }),
    );
    expect(config?.stateUrl.href).toBe(
      'postgres://a%40b:p%40ss%3Aword%2F%3F@db.example.com:5433/postgres?sslmode=verify-full',
    );
    expect(config).toMatchObject({
      concurrency: 8,
      environment: { AWS_REGION: 'eu' },
    });
  });
});
