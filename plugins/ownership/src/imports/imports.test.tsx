import type { Import } from '@slipway/plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderOwnership } from '../__testUtils__/renderOwnership';
import { readRepositories } from './readRepositories';

function anImport(one: Partial<Import> = {}): Import {
  return {
    id: 'import-1',
    name: 'services.csv',
    source: 'csv',
    state: 'checked',
    counts: {
      rows: 5,
      new: 2,
      changed: 1,
      same: 1,
      error: 1,
      gaps: 1,
      written: 0,
    },
    createdBy: 'user:default/wei',
    createdAt: '2026-11-27T10:00:00.000Z',
    ...one,
  };
}

const rows = async () => ({
  items: [
    {
      line: 3,
      outcome: 'error' as const,
      problems: ['name: "a b" can\'t be one.'],
      gaps: [],
    },
  ],
});

describe('imports', () => {
  it('checks a file that is chosen, and says why it can not be read', async () => {
    const importCsv = jest
      .fn<Promise<Import>, [string, Blob | Uint8Array]>()
      .mockRejectedValueOnce(new Error('There is no name.'))
      .mockResolvedValue(anImport());
    renderOwnership(
      { path: '/ownership/imports' },
      {
        listImports: async () => ({ items: [] }),
        importCsv,
        getImport: async () => anImport(),
        listImportRows: rows,
      },
    );
    expect(await screen.findByText('Nothing was imported yet')).toBeVisible();
    const file = new File(['name\norders'], 'services.csv', {
      type: 'text/csv',
    });
    const input = screen.getByLabelText('Choose a CSV…', { selector: 'input' });
    await userEvent.upload(input, file);
    expect(await screen.findByText('There is no name.')).toBeVisible();
    await userEvent.upload(input, file);
    expect(await screen.findByText(/name: "a b" can/)).toBeVisible();
    expect(importCsv).toHaveBeenLastCalledWith('services.csv', file);
  });

  it('writes what was checked once somebody says so', async () => {
    const applyImport = jest.fn(async () => anImport({ state: 'applying' }));
    renderOwnership(
      { path: '/ownership/imports/import-1' },
      { getImport: async () => anImport(), listImportRows: rows, applyImport },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Write 3 entities' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('1 can’t be used and are left out.');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Write' }),
    );
    await waitFor(() => expect(applyImport).toHaveBeenCalledWith('import-1'));
  });

  it('takes away what was written', async () => {
    const removeImport = jest.fn(async () => anImport({ state: 'removed' }));
    renderOwnership(
      { path: '/ownership/imports/import-1' },
      {
        getImport: async () => anImport({ state: 'done' }),
        listImportRows: async () => ({ items: [] }),
        removeImport,
      },
    );
    expect(
      await screen.findByText('Nothing is wrong, or missing'),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Remove again' }));
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Remove',
      }),
    );
    await waitFor(() => expect(removeImport).toHaveBeenCalledWith('import-1'));
  });

  it('reads of a folder only what says who owns what', async () => {
    const file = (path: string, text: string) =>
      Object.assign(new File([text], path.split('/').at(-1) ?? ''), {
        webkitRelativePath: path,
        text: async () => text,
      });
    expect(
      await readRepositories([
        file('code/README.md', 'hello'),
        file('code/orders/catalog-info.yaml', 'kind: Component'),
        file('code/orders/src/catalog-info.yaml', 'not this one'),
        file('code/cart/.github/CODEOWNERS', '* @shop/payments'),
        file(
          'code/cart/.git/config',
          '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@git.example.com:cart.git\n',
        ),
        file('code/notes/todo.md', 'nothing'),
      ]),
    ).toEqual({
      name: 'code',
      repositories: [
        {
          name: 'cart',
          codeowners: '* @shop/payments',
          remoteUrl: 'git@git.example.com:cart.git',
        },
        { name: 'orders', catalogFile: 'kind: Component' },
      ],
    });
  });
});
