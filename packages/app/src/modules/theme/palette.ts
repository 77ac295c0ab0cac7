/** The colours of one mode, as both Backstage UI's tokens and Material UI's palette use them. */
export interface SlipwayColors {
  mode: 'light' | 'dark';
  background: string;
  panel: string;
  raised: string;
  line: string;
  text: string;
  textSecondary: string;
  brand: string;
  brandText: string;
  link: string;
  linkHover: string;
  ok: string;
  warning: string;
  bad: string;
  badSoft: string;
  warningSoft: string;
  infoSoft: string;
}

/** The navigation is the same navy in both modes. */
export const NAVIGATION_COLORS = {
  background: '#0d1526',
  selected: '#1c2a48',
  text: '#c6cede',
  textSelected: '#ffffff',
  brand: '#6f9bff',
};

/** Every text colour has at least 4.5:1 on the backgrounds it is used on (WCAG 2.2, AA). */
export const lightColors: SlipwayColors = {
  mode: 'light',
  background: '#f7f8fa',
  panel: '#ffffff',
  raised: '#ffffff',
  line: '#e4e7ec',
  text: '#101828',
  textSecondary: '#5b6474',
  brand: '#1f5eff',
  brandText: '#ffffff',
  link: '#1650e0',
  linkHover: '#103da8',
  ok: '#067647',
  warning: '#b54708',
  bad: '#b42318',
  badSoft: '#fdeceb',
  warningSoft: '#fff3e2',
  infoSoft: '#e9f0ff',
};

/** See {@link lightColors}. */
export const darkColors: SlipwayColors = {
  mode: 'dark',
  background: '#0b111d',
  panel: '#121a2a',
  raised: '#182236',
  line: '#26324a',
  text: '#e8edf6',
  textSecondary: '#a4afc2',
  brand: '#2662fa',
  brandText: '#ffffff',
  link: '#86aaff',
  linkHover: '#b0c8ff',
  ok: '#53d296',
  warning: '#fdb768',
  bad: '#ff8d84',
  badSoft: '#3a1518',
  warningSoft: '#38250f',
  infoSoft: '#152549',
};
