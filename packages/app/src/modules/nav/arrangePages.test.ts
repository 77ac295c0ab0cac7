import { arrangePages } from './arrangePages';

const page = (href: string, title: string) => ({ href, title });

describe('arrangePages', () => {
  it('puts pages in the order of work, and leaves out what is not installed', () => {
    const arrangement = arrangePages([
      page('/settings', 'Settings'),
      page('/repositories', 'Repositories'),
      page('/catalog', 'Catalog'),
      page('/search', 'Search'),
      page('/', 'Home'),
      page('/resources', 'Resources'),
      page('/environments', 'Environments'),
      page('/runs', 'Runs'),
    ]);

    expect(arrangement).toEqual({
      sections: [
        {
          title: undefined,
          links: [page('/', 'Home'), page('/catalog', 'Catalog')],
        },
        {
          title: 'Deliver',
          links: [
            page('/runs', 'Runs'),
            page('/environments', 'Environments'),
            page('/resources', 'Resources'),
            page('/repositories', 'Repositories'),
          ],
        },
      ],
      settings: page('/settings', 'Settings'),
    });
  });

  it('lists pages it does not know at the end, by title', () => {
    const { sections, settings } = arrangePages([
      page('/zebra', 'Zebra'),
      page('/ant', 'Ant'),
    ]);

    expect(sections).toEqual([
      { title: 'More', links: [page('/ant', 'Ant'), page('/zebra', 'Zebra')] },
    ]);
    expect(settings).toBeUndefined();
  });
});
