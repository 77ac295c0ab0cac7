declare module 'spdx-satisfies' {
  /** Whether a licence expression is met by one of these. Throws where it is no expression of SPDX. */
  export default function satisfies(
    expression: string,
    approved: readonly string[],
  ): boolean;
}
