/** A page of a service that pages people. */
export interface OnCallLink {
  title: string;
  /** Left out where the annotation alone doesn't lead to a page. */
  url?: string;
}

/** Where the company's accounts are. */
export interface OnCallAccounts {
  /** `https://acme.pagerduty.com` */
  pagerDuty?: string;
  /** `https://acme.app.eu.opsgenie.com`, as `opsgenie.domain` of its Backstage plugin. */
  opsgenie?: string;
}

/**
 * The links that annotations of an entity come to. They are those of the vendors' Backstage plugins:
 * `pagerduty.com/integration-key` and `pagerduty.com/service-id` (PagerDuty/backstage-plugin), `opsgenie.com/component-selector`
 * and `opsgenie.com/team` (K-Phoen/backstage-plugin-opsgenie). A service id and a selector lead to a page; an integration key is
 * never shown, and neither it nor the name of a team is part of an address.
 */
export function onCallLinks(
  annotations: Readonly<Record<string, string>> = {},
  accounts: OnCallAccounts = {},
): OnCallLink[] {
  const links: OnCallLink[] = [];
  const serviceId = textOf(annotations['pagerduty.com/service-id']);
  if (serviceId) {
    links.push({
      title: `PagerDuty service ${serviceId}`,
      ...urlOf(
        accounts.pagerDuty,
        `/service-directory/${encodeURIComponent(serviceId)}`,
      ),
    });
  } else if (textOf(annotations['pagerduty.com/integration-key'])) {
    links.push({ title: 'PagerDuty', ...urlOf(accounts.pagerDuty, '/') });
  }
  const selector = textOf(annotations['opsgenie.com/component-selector']);
  if (selector) {
    links.push({
      title: `Opsgenie alerts of ${selector}`,
      ...urlOf(
        accounts.opsgenie,
        `/alert/list?query=${encodeURIComponent(selector)}`,
      ),
    });
  }
  const team = textOf(annotations['opsgenie.com/team']);
  if (team) {
    links.push({
      title: `Opsgenie team ${team}`,
      ...urlOf(accounts.opsgenie, '/teams'),
    });
  }
  return links;
}

function textOf(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

function urlOf(account: string | undefined, page: string): { url?: string } {
  return account && /^https:\/\//.test(account)
    ? { url: `${account.replace(/\/+$/, '')}${page}` }
    : {};
}
