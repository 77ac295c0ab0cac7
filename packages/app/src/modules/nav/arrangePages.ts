import type { NavContentNavItem } from '@backstage/plugin-app-react';

/** One link of the navigation. */
export interface NavigationLink {
  href: string;
  title: string;
}

/** Links under a heading; the first ones have none. */
export interface NavigationSection {
  title?: string;
  links: NavigationLink[];
}

/** The order in which people work. Pages that are not installed are left out. */
const SECTIONS = [
  { paths: ['/', '/create', '/catalog'] },
  {
    title: 'Deliver',
    paths: [
      '/deliveries',
      '/runs',
      '/approvals',
      '/environments',
      '/resources',
      '/repositories',
    ],
  },
  { title: 'Understand', paths: ['/ownership', '/insights'] },
];

const SETTINGS_PATH = '/settings';

/** Reached in another way: by the search box, the bell, or from an entity's own page. */
const UNLISTED_PATHS = [
  '/search',
  '/notifications',
  '/catalog-graph',
  '/api-docs',
];

/** What {@link arrangePages} makes of the pages there are. */
export interface NavigationArrangement {
  sections: NavigationSection[];
  settings?: NavigationLink;
}

/**
 * Puts the pages of the installed plugins into sections. A page that no section knows comes under
 * "More", so that a plugin added later is found without a change here.
 */
export function arrangePages(
  pages: ReadonlyArray<Pick<NavContentNavItem, 'href' | 'title'>>,
): NavigationArrangement {
  const find = (path: string) => pages.find(page => page.href === path);
  const arranged = new Set([
    ...SECTIONS.flatMap(section => section.paths),
    ...UNLISTED_PATHS,
    SETTINGS_PATH,
  ]);
  const sections: NavigationSection[] = [
    ...SECTIONS.map(({ title, paths }) => ({
      title,
      links: paths.flatMap(path => find(path) ?? []),
    })),
    {
      title: 'More',
      links: pages
        .filter(page => !arranged.has(page.href))
        .sort((a, b) => a.title.localeCompare(b.title)),
    },
  ];
  return {
    sections: sections.filter(section => section.links.length > 0),
    settings: find(SETTINGS_PATH),
  };
}
