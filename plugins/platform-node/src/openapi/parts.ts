/** An answer that is as a schema of the document says. */
export function answering<
  const TStatus extends '200' | '201',
  const TName extends string,
>(status: TStatus, description: string, schema: TName) {
  return {
    [status]: {
      description,
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${schema}` },
        },
      },
    },
  } as Record<
    TStatus,
    {
      readonly description: string;
      readonly content: {
        readonly 'application/json': {
          readonly schema: {
            readonly $ref: `#/components/schemas/${TName}`;
          };
        };
      };
    }
  >;
}

/** The body of a request with these fields. */
export function body<
  const TRequired extends readonly string[],
  const TProperties extends object,
>(required: TRequired, properties: TProperties) {
  return {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          additionalProperties: false,
          required,
          properties,
        },
      },
    },
  } as const;
}
