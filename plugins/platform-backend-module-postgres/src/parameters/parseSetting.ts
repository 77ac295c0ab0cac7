const MILLISECONDS: Record<string, number> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const KILOBYTES: Record<string, number> = {
  B: 1 / 1024,
  kB: 1,
  MB: 1024,
  GB: 1024 ** 2,
  TB: 1024 ** 3,
};

/**
 * A setting as somebody wrote it (`30s`, `4MB`, `500`), in PostgreSQL's base unit: milliseconds or kB. Zero, which means no limit, is `none`.
 */
export function parseSetting(
  text: string | undefined,
  units: 'time' | 'memory',
): number | 'none' {
  const [, amount, unit] = text?.match(/^\s*([\d.]+)\s*([a-zA-Z]*)\s*$/) ?? [];
  const factor = units === 'time' ? MILLISECONDS : KILOBYTES;
  const value = Math.round(Number(amount) * (unit ? factor[unit] : 1));
  return Number.isFinite(value) && value > 0 ? value : 'none';
}
