import { endOf, livesFrom } from './livesFrom';

const DAY = 24 * 3_600_000;
const now = Date.UTC(2026, 0, 31);
const inDays = (days: number) => new Date(now + days * DAY).toISOString();

it('proposes what a new one gets, and nothing beyond what the definition allows', () => {
  const lives = livesFrom(
    now,
    { expiresAt: inDays(2) },
    { defaultMs: 5 * DAY, maximumMs: 10 * DAY },
  );
  expect(lives.lengths).toEqual([3, 5, 7, 10].map(days => days * DAY));
  expect(lives.proposed).toBe(5 * DAY);
});

it('proposes the longest where what a new one gets is no later', () => {
  const lives = livesFrom(
    now,
    { expiresAt: inDays(6) },
    { defaultMs: 5 * DAY, maximumMs: 10 * DAY },
  );
  expect(lives.proposed).toBe(10 * DAY);
});

it('proposes nothing that is hardly later', () => {
  const lives = livesFrom(
    now,
    { expiresAt: inDays(4.99) },
    { defaultMs: 5 * DAY, maximumMs: 5 * DAY },
  );
  expect(lives.lengths).toEqual([]);
});

it('extends what lives for minutes only', () => {
  const expiresAt = new Date(now + 60_000).toISOString();
  const life = { defaultMs: 600_000, maximumMs: 600_000 };
  expect(livesFrom(now, { expiresAt }, life).proposed).toBe(600_000);
});

it('proposes nothing where it lives as long as it may already', () => {
  const lives = livesFrom(
    now,
    { expiresAt: inDays(10) },
    { defaultMs: 5 * DAY, maximumMs: 10 * DAY },
  );
  expect(lives).toEqual({ lengths: [], proposed: undefined });
});

it('lets choose up to a year where the definition says nothing', () => {
  const { lengths } = livesFrom(now, { expiresAt: inDays(1) }, undefined);
  expect(lengths.at(-1)).toBe(365 * DAY);
});

it('ends a life a little before it would be too long by the clock of the server', () => {
  expect(endOf(now, DAY)).toBe(new Date(now + DAY - 60_000).toISOString());
});
