/** Of the portal's own environment: what it takes to find programs and to reach the network. */
const KEPT = [
  'PATH',
  'LANG',
  'TZ',
  'TMPDIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/**
 * The environment of the CLI and its providers.
 *
 * @param options - `home`: a directory without anybody's settings; `given`: from the configuration; `own`: what nobody may change
 */
export function createCliEnvironment(options: {
  home: string;
  given?: Record<string, string>;
  own?: Record<string, string>;
}): Record<string, string> {
  const kept = KEPT.flatMap(name => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: options.home,
    ...options.given,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    // No look whether there is a newer version.
    CHECKPOINT_DISABLE: '1',
    ...options.own,
  };
}
