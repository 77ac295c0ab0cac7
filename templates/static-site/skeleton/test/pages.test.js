import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'node-html-parser';

const dist = path.join(import.meta.dirname, '../dist');
const pages = readdirSync(dist, { recursive: true })
  .filter(name => name.endsWith('.html'))
  .map(name => ({
    name,
    html: parse(readFileSync(path.join(dist, name), 'utf8')),
  }));

/** The file that an address of the site stands for. */
function fileAt(pathname) {
  const file = path.join(dist, decodeURIComponent(pathname));
  return [file, `${file}.html`, path.join(file, 'index.html')].find(
    each => existsSync(each) && statSync(each).isFile(),
  );
}

/** What is wrong with an address on a page, if anything. */
function problemOf(address, page) {
  const base = `http://site/${page.name.split(path.sep).join('/')}`;
  const { origin, protocol, pathname, hash } = new URL(address, base);
  if (origin !== 'http://site') {
    return protocol === 'http:' ? 'use https' : undefined;
  }
  const file = address.startsWith('#')
    ? path.join(dist, page.name)
    : fileAt(pathname);
  if (!file) {
    return 'leads nowhere';
  }
  const id = decodeURIComponent(hash.slice(1));
  const target = pages.find(({ name }) => path.join(dist, name) === file);
  return id && target && !target.html.querySelector(`[id="${id}"]`)
    ? 'leads to no such part of the page'
    : undefined;
}

test('every link, picture, style and script is there', () => {
  const broken = pages.flatMap(page =>
    page.html
      .querySelectorAll('[href], [src]')
      .map(each => each.getAttribute('href') ?? each.getAttribute('src'))
      .map(address => [page.name, address, problemOf(address, page)])
      .filter(([, , problem]) => problem),
  );
  assert.deepEqual(broken, []);
});

test('every page has a language, a title of its own, and one heading', () => {
  const titles = pages.map(({ html }) =>
    html.querySelector('head > title')?.textContent.trim(),
  );
  for (const [index, { name, html }] of pages.entries()) {
    assert.ok(html.querySelector('html')?.getAttribute('lang'), `${name}: lang`);
    assert.ok(titles[index], `${name}: title`);
    assert.equal(html.querySelectorAll('h1').length, 1, `${name}: h1`);
    assert.ok(
      html.querySelector('meta[name=viewport]'),
      `${name}: it would be too small on a telephone`,
    );
  }
  assert.equal(new Set(titles).size, titles.length, `titles: ${titles}`);
});

test('every picture has a text, if an empty one', () => {
  const silent = pages.flatMap(({ name, html }) =>
    html
      .querySelectorAll('img')
      .filter(image => !image.hasAttribute('alt'))
      .map(image => [name, image.getAttribute('src')]),
  );
  assert.deepEqual(silent, []);
});

test('styles and scripts are named by their content', () => {
  for (const { name, html } of pages) {
    for (const each of html.querySelectorAll('[rel=stylesheet], script[src]')) {
      assert.match(
        each.getAttribute('href') ?? each.getAttribute('src'),
        /^\/assets\/.+-[A-Z0-9]{8}\.(?:css|js)$/,
        name,
      );
    }
  }
});
