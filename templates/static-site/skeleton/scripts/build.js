import {
  cp,
  mkdir,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '..');
const site = path.join(root, 'site');
const dist = path.join(root, 'dist');

const TEXT = /\.(?:css|html|js|json|map|svg|txt|xml)$/;
const compressions = [
  ['br', promisify(brotliCompress)],
  ['gz', promisify(gzip)],
];

const files = (await readdir(site, { recursive: true })).filter(
  name => !name.startsWith(`public${path.sep}`),
);

await rm(dist, { recursive: true, force: true });
await cp(path.join(site, 'public'), dist, { recursive: true });
const names = await bundle(files.filter(name => /\.(?:css|js)$/.test(name)));
await Promise.all(
  files.filter(name => name.endsWith('.html')).map(name => writePage(name)),
);
await compress();

/** Writes style sheets and scripts under names that tell their content; answers these names by the ones that pages use. */
async function bundle(entryPoints) {
  const { metafile } = await build({
    absWorkingDir: site,
    entryPoints,
    outdir: dist,
    entryNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    bundle: true,
    format: 'esm',
    minify: true,
    sourcemap: true,
    metafile: true,
    loader: Object.fromEntries(
      ['avif', 'gif', 'jpg', 'png', 'svg', 'webp', 'woff2'].map(extension => [
        `.${extension}`,
        'file',
      ]),
    ),
  });
  return Object.entries(metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint)
    .map(([output, { entryPoint }]) => [
      `/${entryPoint}`,
      `/${path.relative(dist, path.join(site, output))}`,
    ]);
}

async function writePage(name) {
  const text = await readFile(path.join(site, name), 'utf8');
  const target = path.join(dist, name);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(
    target,
    names.reduce(
      (page, [from, to]) => page.replaceAll(`"${from}"`, `"${to}"`),
      text,
    ),
  );
}

/** Once, here, instead of with every request. */
async function compress() {
  const built = await readdir(dist, { recursive: true });
  await Promise.all(
    built
      .filter(name => TEXT.test(name))
      .flatMap(name => {
        const file = path.join(dist, name);
        return compressions.map(async ([extension, press]) =>
          writeFile(`${file}.${extension}`, await press(await readFile(file))),
        );
      }),
  );
}
