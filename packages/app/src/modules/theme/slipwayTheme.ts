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
      MuiTypography: {
        styleOverrides: {
          body1: { fontSize: '0.875rem' },
          body2: { fontSize: '0.84375rem' },
        },
      },
      MuiInputBase: { styleOverrides: { root: { fontSize: '0.875rem' } } },
      MuiOutlinedInput: {
        styleOverrides: {
          root: { borderRadius: 7 },
          input: { padding: '9px 12px' },
        },
      },
      MuiListItemIcon: { styleOverrides: { root: { minWidth: 32 } } },
      // The scaffolder's list of templates puts a bar without anything in it above them.
      BackstageContentHeader: {
        styleOverrides: {
          container: {
            '&:has(h2:empty):not(:has(a, button))': { display: 'none' },
          },
        },
      },
      // Pages scroll with the window.
      BackstagePage: {
        styleOverrides: {
          root: { height: 'auto', minHeight: '100%', overflowY: 'visible' },
        },
      },
      BackstageContent: {
        styleOverrides: {
          root: { padding: '16px clamp(16px, 3vw, 28px) 40px !important' },
        },
      },
      // One column of fields is easier to read than fields as wide as the page.
      BackstageTemplateStepper: {
        styleOverrides: { formWrapper: { maxWidth: 720, padding: 20 } },
      },
      MuiStepper: { styleOverrides: { root: { border: 0, borderRadius: 0 } } },
      CatalogReactUserListPicker: {
        styleOverrides: {
          root: {
            backgroundColor: 'transparent',
            border: 0,
            margin: '8px 0',
          },
          title: {
            margin: '8px 0 4px',
            textTransform: 'none',
            color: colors.textSecondary,
            fontWeight: 500,
          },
          groupWrapper: { margin: '0 0 8px' },
          menuItem: { minHeight: 38, padding: '4px 10px' },
          listIcon: { minWidth: 28, color: colors.textSecondary },
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
