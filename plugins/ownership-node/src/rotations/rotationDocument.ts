import { WEEKDAYS } from '@slipway/plugin-ownership-common';
import { z } from 'zod';

const API_VERSION = 'slipway.dev/v1';
/** The longest turn, in days: a quarter. */
const LONGEST_TURN = 92;
/** The longest name of an entity in the catalog. */
const LONGEST_NAME = 63;

/** `monday` and `mon` are the same day. */
const LONG_NAMES = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

const line = z.string().trim().min(1, 'Write something.').max(200);

const name = z
  .string()
  .max(LONGEST_NAME, `Use at most ${LONGEST_NAME} characters.`)
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'Use lower-case letters, digits and single hyphens, starting with a letter.',
  );

const reference = z.string().min(1, 'Name one of the catalog.');

const weekday = z
  .string()
  .transform(day => WEEKDAYS[LONG_NAMES.indexOf(day)] ?? day)
  .pipe(z.enum(WEEKDAYS, `Use one of ${WEEKDAYS.join(', ')}.`));

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use hours and minutes: "09:00".');

const restriction = z.strictObject({
  days: z.array(weekday).min(1, 'Name at least one day.'),
  from: time,
  until: z.union([time, z.literal('24:00')], 'Use hours and minutes: "18:00".'),
});

const turn = z.union(
  [
    z.literal('daily').transform(() => 1),
    z.literal('weekly').transform(() => 7),
    z
      .strictObject({ days: z.int().min(1).max(LONGEST_TURN) })
      .transform(({ days }) => days),
  ],
  `Use daily, weekly or a number of days up to ${LONGEST_TURN}: { days: 14 }.`,
);

const layer = z.strictObject({
  name,
  people: z.array(reference).min(1, 'Name at least one person.'),
  rotation: turn,
  handOver: z.strictObject({ day: weekday.optional(), time }),
  start: z.iso.date('Use a day of the calendar: "2026-11-02".'),
  restrict: z.array(restriction).default([]),
});

const moment = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(Z|[+-]\d\d:\d\d)?$/,
    'Use day and time, with an offset or in the time zone of the rotation: "2026-11-04T09:00".',
  );

const override = z.strictObject({
  person: reference,
  from: moment,
  until: moment,
  why: line.optional(),
});

/** A document of kind `OnCallRotation`, as it stands in `org/oncall/*.yaml`. */
export const rotationDocument = z.strictObject({
  apiVersion: z.literal(API_VERSION, `Use ${API_VERSION}.`),
  kind: z.literal('OnCallRotation', 'Use OnCallRotation.'),
  metadata: z.strictObject({ name, title: line.optional() }),
  spec: z.strictObject({
    team: reference,
    timeZone: z.string(),
    layers: z.array(layer).min(1, 'Add at least one.'),
    overrides: z.array(override).default([]),
  }),
});

/** What {@link rotationDocument} makes of a document. */
export type RotationDocument = z.output<typeof rotationDocument>;
