import { render, screen } from '@testing-library/react';
import { app } from './App';

describe('App', () => {
  afterEach(() => jest.restoreAllMocks());

  it('asks who is there before it shows anything', async () => {
    const config = [
      {
        data: {
          app: { title: 'Slipway', baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost' },
        },
        context: 'test',
      },
    ] as unknown as string;
    jest.replaceProperty(process, 'env', {
      ...process.env,
      APP_CONFIG: config,
    });
    jest
      .spyOn(global, 'fetch')
      .mockResolvedValue(new Response(undefined, { status: 401 }));

    render(app.createRoot());

    expect(
      await screen.findByRole(
        'heading',
        { name: 'Sign in' },
        { timeout: 20_000 },
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
  }, 30_000);
});
