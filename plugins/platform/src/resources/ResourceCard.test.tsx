import { screen } from '@testing-library/react';
import { renderPlatform } from '../__testUtils__/renderPlatform';
import { aResource } from '../__testUtils__/resources';

describe('the card of a resource in the catalog', () => {
  it('says how it stands and why it failed, and leads to it', async () => {
    renderPlatform(
      { card: 'resource' },
      {
        getResource: async () =>
          aResource({
            state: 'failed',
            failure: { message: 'The disk is full.', hint: 'Make room.' },
          }),
      },
    );
    expect(await screen.findByText('failed')).toBeVisible();
    expect(screen.getByText('The disk is full.')).toBeVisible();
    expect(screen.getByText('Make room.')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Open the resource' }),
    ).toHaveAttribute('href', '/resources/resource-1');
  });
});
