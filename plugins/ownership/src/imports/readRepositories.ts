import type {
  ImportedFolder,
  ImportedRepository,
} from '@slipway/plugin-ownership-common';

/** Files that say what a repository is, by their path in it. */
const FILES: Record<string, keyof ImportedRepository | 'config'> = {
  'catalog-info.yaml': 'catalogFile',
  'catalog-info.yml': 'catalogFile',
  CODEOWNERS: 'codeowners',
  '.github/CODEOWNERS': 'codeowners',
  '.gitlab/CODEOWNERS': 'codeowners',
  'docs/CODEOWNERS': 'codeowners',
  '.git/config': 'config',
};

/** Larger ones aren't what they are called, in bytes. */
const LARGEST = 1_000_000;

/**
 * The repositories of a folder that somebody chose: the folders right below it that have a catalog file, a `CODEOWNERS` or a git configuration. Only
 * these files are read.
 */
export async function readRepositories(
  files: Iterable<File>,
): Promise<ImportedFolder> {
  let name = '';
  const repositories = new Map<string, ImportedRepository>();
  for (const file of files) {
    const [root, repository, ...rest] = file.webkitRelativePath.split('/');
    name ||= root;
    const field = FILES[rest.join('/')];
    if (field && file.size <= LARGEST) {
      const known = repositories.get(repository) ?? { name: repository };
      const text = await file.text();
      repositories.set(repository, {
        ...known,
        ...(field === 'config'
          ? { remoteUrl: originOf(text) }
          : { [field]: text }),
      });
    }
  }
  return {
    name,
    repositories: [...repositories.values()].sort((a, b) =>
      a.name.localeCompare(b.name),
    ),
  };
}

function originOf(config: string): string | undefined {
  return /\[remote "origin"\][^[]*?\burl\s*=\s*(\S+)/.exec(config)?.[1];
}
