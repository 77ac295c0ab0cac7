/** A little of everything that can be in a repository. */
export const FILES = {
  'README.md': '# Shop\n',
  'bin/run "it".sh': { mode: 0o755, type: 'File' as const, size: 0 },
  'src/index.js': 'console.log(1);\n',
  'src/übung.txt': 'ä\n',
  'src/logo.bin': 'a\0b',
  'link.md': {
    type: 'SymbolicLink' as const,
    linkpath: 'src/index.js',
    size: 0,
  },
  'large.txt': 'x'.repeat(1024 * 1024 + 1),
};
