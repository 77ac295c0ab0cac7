import { screen } from '@testing-library/react';
import { aFinding, anOwnership } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';

describe('the ownership tab', () => {
  it('shows the owner, where that is inherited from, roles and evidence', async () => {
    renderOwnership(
      { tab: 'ownership' },
      {
        platform: { listEntityEdits: async () => [] },
        getEntity: async () =>
          anOwnership({
            source: 'system',
            inheritedFrom: 'system:default/shop',
            roles: {
              technicalLead: { kind: 'person', value: 'user:default/mara' },
              onCall: { kind: 'rotation', value: 'payments' },
            },
            onCall: {
              rotation: 'payments',
              now: { person: 'user:default/idris', title: 'Idris' },
            },
            findings: [aFinding({ kind: 'conflict' })],
            transferId: 'transfer-1',
          }),
      },
    );
    expect(await screen.findByText(/^inherited from/)).toHaveTextContent(
      'inherited from shop',
    );
    expect(screen.getByText('Payments')).toBeVisible();
    expect(screen.getByText('Idris')).toBeVisible();
    expect(screen.getByText('Technical lead').nextSibling).toHaveTextContent(
      'mara',
    );
    expect(screen.getByText('sources disagree')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'See how far it is' }),
    ).toHaveAttribute('href', '/ownership/transfers/transfer-1');
    expect(screen.getByRole('row', { name: /its entity file/ })).toBeVisible();
  });

  it('says that nobody owns it', async () => {
    renderOwnership(
      { tab: 'ownership' },
      {
        platform: { listEntityEdits: async () => [] },
        getEntity: async () =>
          anOwnership({ owner: undefined, source: undefined, candidates: [] }),
      },
    );
    expect(await screen.findByText('Nobody owns this')).toBeVisible();
    expect(screen.getByText('No source names an owner')).toBeVisible();
  });
});
