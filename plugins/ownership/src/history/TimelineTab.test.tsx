import { screen } from '@testing-library/react';
import { renderOwnership } from '../__testUtils__/renderOwnership';

describe('the timeline', () => {
  it('says who changed what, with before and after', async () => {
    renderOwnership(
      { tab: 'timeline' },
      {
        getHistory: async () => ({
          items: [
            {
              id: '2',
              at: '2026-11-26T10:00:00.000Z',
              actor: 'user:default/mara',
              action: 'changed',
              changes: [
                { field: 'owner', before: 'growth', after: 'payments' },
              ],
            },
            {
              id: '1',
              at: '2026-11-25T10:00:00.000Z',
              actor: 'catalog',
              action: 'appeared',
              changes: [],
            },
          ],
        }),
      },
    );
    expect(await screen.findByText('growth')).toBeVisible();
    expect(screen.getByText('payments')).toBeVisible();
    expect(screen.getByText('Added to the catalog')).toBeVisible();
  });
});
