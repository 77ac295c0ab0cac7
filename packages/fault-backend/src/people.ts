/** The team that owns every run of the test. */
export const OWNER = 'group:default/owners';
