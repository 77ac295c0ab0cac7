import {
  createUnifiedTheme,
  genPageTheme,
  palettes,
  type UnifiedTheme,
} from '@backstage/theme';
import { NAVIGATION_COLORS, type SlipwayColors } from './palette';

const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';

function heading(fontSize: string, marginBottom: number) {
  return { fontSize, fontWeight: 650, marginBottom };
}

/**
 * The Material UI side of the look, for the pages that Backstage UI does not draw yet (catalog,
 * scaffolder, search). Its colours, corners and sizes are those of `tokens.css`.
 */
export function createSlipwayTheme(colors: SlipwayColors): UnifiedTheme {
  const flat = { boxShadow: 'none', border: `1px solid ${colors.line}` };
  const page = genPageTheme({
    colors: [colors.background, colors.background],
    shape: 'none',
    options: { fontColor: colors.text },
  });
  return createUnifiedTheme({
    palette: {
      ...palettes[colors.mode],
      primary: { main: colors.mode === 'dark' ? colors.link : colors.brand },
      secondary: { main: colors.link },
      error: { main: colors.bad },
      warning: { main: colors.warning },
      success: { main: colors.ok },
      info: { main: colors.link },
      background: { default: colors.background, paper: colors.panel },
      text: { primary: colors.text, secondary: colors.textSecondary },
      divider: colors.line,
      status: {
        ok: colors.ok,
        warning: colors.warning,
        error: colors.bad,
        running: colors.link,
        pending: colors.warning,
        aborted: colors.textSecondary,
      },
      border: colors.line,
      textContrast: colors.text,
      textSubtle: colors.textSecondary,
      textVerySubtle: colors.line,
      link: colors.link,
      linkHover: colors.linkHover,
      errorBackground: colors.badSoft,
      errorText: colors.bad,
      warningBackground: colors.warningSoft,
      warningText: colors.warning,
      infoBackground: colors.infoSoft,
      infoText: colors.link,
      navigation: {
        background: NAVIGATION_COLORS.background,
        indicator: NAVIGATION_COLORS.brand,
        color: NAVIGATION_COLORS.text,
        selectedColor: NAVIGATION_COLORS.textSelected,
        navItem: { hoverBackground: NAVIGATION_COLORS.selected },
        submenu: { background: NAVIGATION_COLORS.selected },
      },
      tabbar: { indicator: colors.link },
    },
    fontFamily: FONT_FAMILY,
    htmlFontSize: 16,
    typography: {
      htmlFontSize: 16,
      fontFamily: FONT_FAMILY,
      h1: heading('1.5rem', 8),
      h2: heading('1.3125rem', 8),
      h3: heading('1.125rem', 6),
      h4: heading('1rem', 6),
      h5: heading('0.9375rem', 4),
      h6: heading('0.875rem', 4),
    },
    defaultPageTheme: 'home',
    pageTheme: Object.fromEntries(
      [
        'home',
        'documentation',
        'tool',
        'service',
        'website',
        'library',
        'other',
        'app',
        'apis',
        'card',
      ].map(name => [name, page]),
    ),
    components: {
      MuiPaper: {
        defaultProps: { elevation: 0 },
        styleOverrides: {
          root: { backgroundImage: 'unset' },
          rounded: { borderRadius: 10 },
          elevation0: flat,
          elevation1: flat,
          elevation2: flat,
        },
      },
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: {
          root: { textTransform: 'none', fontWeight: 600, borderRadius: 7 },
          containedPrimary: {
            backgroundColor: colors.brand,
            color: colors.brandText,
          },
        },
      },
      MuiChip: { styleOverrides: { root: { borderRadius: 6 } } },
      MuiTab: {
        styleOverrides: {
          root: {
            textTransform: 'none',
            letterSpacing: 'normal',
            minWidth: 0,
            color: colors.textSecondary,
            '&.Mui-selected': { color: colors.text, fontWeight: 600 },
          },
        },
      },
      MuiTableRow: {
        styleOverrides: {
          root: {
            '&:nth-of-type(odd)': { backgroundColor: 'transparent' },
          },
          head: {
            '&:nth-of-type(odd)': { backgroundColor: 'transparent' },
          },
        },
      },
      MuiTableCell: {
        styleOverrides: {
          root: {
            padding: '10px 16px',
            lineHeight: 1.4,
            borderBottom: `1px solid ${colors.line}`,
          },
          head: { fontSize: '0.75rem', color: colors.textSecondary },
        },
      },
    },
  });
}
