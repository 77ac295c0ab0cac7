/** A template whose one step waits for a run. */
export const PROMOTE_TEMPLATE = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'promote', namespace: 'default' },
  spec: {
    type: 'service',
    parameters: { properties: { service: { type: 'string' } } },
    steps: [
      {
        id: 'run',
        action: 'platform:run',
        input: {
          kind: 'deploy',
          input: { service: '${{ parameters.service }}' },
        },
      },
    ],
    output: { text: [{ content: '${{ steps.run.output.output.url }}' }] },
  },
};
