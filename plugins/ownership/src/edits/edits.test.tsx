import type {
  MergeRequest,
  PlatformApi,
} from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anOwnership } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';
import { changesOf, detailsOf } from './detailsOf';

const proposed = {
  repository: 'orders',
  number: 3,
  title: 'Change runbook of orders',
  author: 'user:default/mara',
  createdAt: '2026-11-26T10:00:00.000Z',
} as MergeRequest;

describe('editing', () => {
  it('proposes what is otherwise, and shows that as pending', async () => {
    let pending: MergeRequest[] = [];
    const editEntity = jest.fn<
      Promise<MergeRequest>,
      Parameters<PlatformApi['editEntity']>
    >(async () => {
      pending = [proposed];
      return proposed;
    });
    renderOwnership(
      { tab: 'ownership' },
      {
        getEntity: async () => anOwnership(),
        platform: { editEntity, listEntityEdits: async () => pending },
      },
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
    const dialog = await screen.findByRole('dialog');
    const propose = within(dialog).getByRole('button', { name: 'Propose' });
    expect(propose).toBeDisabled();
    await userEvent.type(
      within(dialog).getByLabelText('Runbook'),
      'https://wiki/orders',
    );
    await userEvent.click(propose);
    await waitFor(() =>
      expect(editEntity).toHaveBeenCalledWith({
        entityRef: 'component:default/orders',
        changes: { runbook: 'https://wiki/orders' },
      }),
    );
    expect(
      await screen.findByText('Pending: Change runbook of orders'),
    ).toBeVisible();
  });

  it('knows what is otherwise, and what was taken away', () => {
    const before = detailsOf({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'orders',
        title: 'Orders',
        tags: ['shop'],
        links: [{ url: 'https://wiki', title: 'The wiki' }],
      },
      spec: { lifecycle: 'production' },
    });
    expect(changesOf(before, before)).toEqual({});
    expect(
      changesOf(before, {
        ...before,
        title: ' ',
        tags: 'shop, payments,',
        links: 'https://wiki The wiki\nhttps://plan',
      }),
    ).toEqual({
      title: null,
      tags: ['shop', 'payments'],
      links: [
        { url: 'https://wiki', title: 'The wiki' },
        { url: 'https://plan' },
      ],
    });
  });
});
