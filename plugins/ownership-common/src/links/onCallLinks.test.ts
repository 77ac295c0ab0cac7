import { onCallLinks } from './onCallLinks';

const ACCOUNTS = {
  pagerDuty: 'https://acme.pagerduty.com/',
  opsgenie: 'https://acme.app.eu.opsgenie.com',
};

describe('onCallLinks', () => {
  it('leads to the service, the alerts and the teams', () => {
    const annotations = {
      'pagerduty.com/integration-key': 'c0ffee',
      'pagerduty.com/service-id': 'PSVC001',
      'opsgenie.com/component-selector': 'tag:"service:payments"',
      'opsgenie.com/team': 'Payments',
    };
    expect(onCallLinks(annotations, ACCOUNTS)).toEqual([
      {
        title: 'PagerDuty service PSVC001',
        url: 'https://acme.pagerduty.com/service-directory/PSVC001',
      },
      {
        title: 'Opsgenie alerts of tag:"service:payments"',
        url: 'https://acme.app.eu.opsgenie.com/alert/list?query=tag%3A%22service%3Apayments%22',
      },
      {
        title: 'Opsgenie team Payments',
        url: 'https://acme.app.eu.opsgenie.com/teams',
      },
    ]);
  });

  it('never shows an integration key, and has no address without an account', () => {
    const annotations = { 'pagerduty.com/integration-key': 'c0ffee' };
    expect(onCallLinks(annotations)).toEqual([{ title: 'PagerDuty' }]);
    expect(onCallLinks(annotations, ACCOUNTS)).toEqual([
      { title: 'PagerDuty', url: 'https://acme.pagerduty.com/' },
    ]);
    expect(
      onCallLinks(
        { 'opsgenie.com/team': 'A' },
        { opsgenie: 'acme.app.opsgenie.com' },
      ),
    ).toEqual([{ title: 'Opsgenie team A' }]);
    expect(onCallLinks({ 'opsgenie.com/team': ' ' })).toEqual([]);
    expect(onCallLinks()).toEqual([]);
  });
});
