const machinePath =
  /(?:^|[\s"'`(=:])(\/(?:work|root|opt|home|Users)\/[\w.@+-]+[\w./@+-]*)/g;
/** Where package managers put things on any machine. */
const common = /^\/opt\/homebrew\b|^\/home\/(?:user|node|runner)\b/;

/**
 * Finds absolute paths that exist on one person's machine only.
 *
 * @param {Map<string, string>} files - content by path relative to the checkout
 * @returns {string[]} one line per finding
 */
export function findMachinePaths(files) {
  return [...files]
    .filter(([name]) => !/package-lock\.json$|\.test\.[cm]?[jt]sx?$/.test(name))
    .flatMap(([name, text]) =>
      text.split('\n').flatMap((line, index) =>
        [...line.matchAll(machinePath)]
          .map(match => match[1])
          .filter(found => !common.test(found))
          .map(found => `${name}:${index + 1}: ${found}`),
      ),
    );
}
